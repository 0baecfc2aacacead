"""The demonstration on the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from rich.console import Console

from anmin.cli.demo import _print_figures
from anmin.demo.scenario import read_scenario


@pytest.mark.django_db
def test_figures_that_do_not_come_out_of_the_records_are_told() -> None:
    said = StringIO()
    scenario = read_scenario(Path(settings.COUNTY_DIR) / "scenarios" / "tiny.yaml")
    assert not _print_figures(Console(file=said, width=120), scenario)
    assert "不符" in said.getvalue()
