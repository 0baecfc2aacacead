"""The reference pages say what is in the code and in the law as data."""

import pytest

from anmin.cli.docs import pages
from anmin.ground.policy.book import policy
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.exclusivity import exclusivity
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.verification.sources import SOURCES
from anmin.settings.env import ROOT


@pytest.mark.parametrize("name", ["facts.md", "parameters.md", "exclusivity.md", "matching.md", "sources.md"])
def test_the_reference_pages_are_as_they_would_be_written_now(name: str) -> None:
    written = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
    assert written == pages()[name], "run: anmin docs write"


def test_every_fact_of_every_programme_is_on_the_page() -> None:
    page = pages()["facts.md"]
    assert [name for name in Chain(DECIDED.values()).facts if f"`{name}`" not in page] == []


@pytest.mark.capability("RP-05")
def test_every_value_of_every_figure_is_on_the_page() -> None:
    page = pages()["parameters.md"]
    rows = [line for line in page.splitlines() if line.startswith("| `")]
    assert len(rows) == sum(len(parameter.entries) for parameter in policy().values())


def test_every_pair_is_on_the_page() -> None:
    page = pages()["exclusivity.md"]
    assert [each.note for each in exclusivity().relations if each.note not in page] == []


@pytest.mark.capability("SA-12")
def test_every_field_of_every_source_says_what_it_follows() -> None:
    page = pages()["sources.md"]
    for source in SOURCES.values():
        section = page.partition(f"## {source.label} (`{source.id}`)\n")[2].partition("\n## ")[0]
        rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
        assert [row[0].strip("| `") for row in rows] == [each.name for each in source.fields]
        assert all(row[3].rstrip(" |") for row in rows)
