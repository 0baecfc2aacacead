"""What other offices know of the invented people, and the files in which they deliver it."""
