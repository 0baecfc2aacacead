"""Supplementary insurance of the low-income population (低补保): yearly policy, roster, claims."""
