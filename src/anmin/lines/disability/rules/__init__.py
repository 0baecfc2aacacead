"""What both subsidies ask about a disabled person, in the same words. No Django, no tables."""
