"""Whom the rules point to, as lists to work through: nothing here decides."""
