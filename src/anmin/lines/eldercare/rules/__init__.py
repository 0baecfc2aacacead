"""What the programmes for elders ask, in the same words. No Django, no tables."""
