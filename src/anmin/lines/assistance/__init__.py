"""Social assistance (社会救助): dibao and, as copies of it, the benefits beside it."""
