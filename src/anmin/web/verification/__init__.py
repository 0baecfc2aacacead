"""Verification in the browser: letters of consent, what departments delivered, what was found, and what people made of it."""
