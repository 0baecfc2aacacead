"""The festival of the room's own tests."""

from tests.lines.assistance.campaigns.conftest import festival

__all__ = ["festival"]
