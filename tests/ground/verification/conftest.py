"""Deliveries lie in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cast, County
from tests.verification_stage import Stage


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def stage(cast: Cast, county: County) -> Stage:
    return Stage(cast, county.liuqiao)
