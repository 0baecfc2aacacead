"""A village with a small benefit."""

import pytest

from tests.conftest import County
from tests.stipend_stage import Stage, register


@pytest.fixture
def stage(county: County) -> Stage:
    register()
    return Stage(county.liuqiao)
