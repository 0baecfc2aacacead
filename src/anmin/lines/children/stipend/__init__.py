"""The stipend of children in distress by category (困境儿童基本生活费)."""
