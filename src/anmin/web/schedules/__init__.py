"""What must be done how often, and what a death or an expiry brings: the open tasks as a list to work through."""
