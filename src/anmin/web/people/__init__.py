"""Persons and households in the browser: found, read whole, and kept up to date."""
