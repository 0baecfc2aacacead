"""The allowances by age (尊老金、长寿金)."""
