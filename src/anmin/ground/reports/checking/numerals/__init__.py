"""Reading: which characters are a number, what it measures, in which unit, how exactly."""
