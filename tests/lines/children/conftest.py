"""A village on the real figures of the law."""

from collections.abc import Iterator

import pytest

from tests.conftest import County
from tests.single_persons import Village, real_policy


@pytest.fixture
def village(county: County) -> Iterator[Village]:
    with real_policy():
        yield Village(county.liuqiao)
