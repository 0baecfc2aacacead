"""Money and goods that are given once: a roster frozen on a day, decided by three people, paid to each person once."""
