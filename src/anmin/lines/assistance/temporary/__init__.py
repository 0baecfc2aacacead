"""Temporary assistance (临时救助): aid for sudden trouble and for expenses beyond a family's means; money for the towns."""
