"""One package, so that its county is built once for it and gone behind it."""
