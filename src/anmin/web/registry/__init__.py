"""Machines of other offices: who may ask our registers, and since when."""
