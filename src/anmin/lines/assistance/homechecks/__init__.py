"""Home checks: households of drawn villages are visited by two people, and what they find is recorded."""
