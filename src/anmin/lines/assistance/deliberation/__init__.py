"""Case-by-case deliberation (一事一议): a panel decides what a rule alone would refuse, bound to the one case it is about."""
