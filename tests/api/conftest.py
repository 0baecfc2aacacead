"""A family in 曲塘镇, a disabled man next door, and the machine of another office with a token."""

import pytest

from tests.api.registry_stage import Stage, set_stage
from tests.conftest import Cast, County


@pytest.fixture
def stage(county: County, cast: Cast) -> Stage:
    return set_stage(county, cast)
