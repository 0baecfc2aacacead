"""Children in distress (困境儿童)."""
