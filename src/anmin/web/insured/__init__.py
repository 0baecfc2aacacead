"""The lists of insured elders."""
