"""The family in trouble of the room's own tests."""

from tests.lines.assistance.temporary.conftest import trouble

__all__ = ["trouble"]
