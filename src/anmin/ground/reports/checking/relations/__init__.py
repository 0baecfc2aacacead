"""The relations that a text states between its numbers: one family a module, each handed a `Reading` and a `Ledger`."""
