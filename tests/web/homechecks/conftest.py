"""The round of the room's own tests."""

from tests.lines.assistance.homechecks.conftest import round_

__all__ = ["round_"]
