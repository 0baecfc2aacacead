"""Template tags of the browser door."""
