"""Families whose declarations are compared with what departments delivered."""

import pytest

from tests.checked_families import Checked
from tests.conftest import Cast, County


@pytest.fixture
def checked(cast: Cast, county: County) -> Checked:
    return Checked(cast, county)
