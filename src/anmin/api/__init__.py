"""The door for machines: what other systems ask of the house, by public standards."""
