"""The rules of a chain compiled into one program for the machine, from the same functions."""
