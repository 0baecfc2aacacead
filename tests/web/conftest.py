"""Families for pages to show."""

import pytest

from tests.conftest import County
from tests.small_register import SmallRegister


@pytest.fixture
def three_families(county: County) -> SmallRegister:
    """Two families in 曲塘镇, one next door."""
    register = SmallRegister()
    for area in (county.liuqiao, county.sunzhuang, county.zoufeng):
        register.family(area, 2)
    return register
