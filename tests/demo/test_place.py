"""A demonstration has a place of its own, and says when it is not built to the end."""

from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.cli.demo import refuse_unbuilt
from anmin.demo.build import clear
from anmin.demo.place import Place
from tests.demo.conftest import scenario_named


def test_a_demonstration_never_lives_where_a_bureau_works(tmp_path: Path) -> None:
    told = Place(tmp_path).environment("2024-07-01")
    assert told["ANMIN_DATABASE_URL"] == f"sqlite:///{tmp_path}/anmin.sqlite3"
    assert (told["ANMIN_DATA_DIR"], told["ANMIN_DEMO"], told["ANMIN_TODAY"]) == (str(tmp_path / "data"), "1", "2024-07-01")


def test_what_would_be_overwritten_is_told_and_then_gone(tmp_path: Path) -> None:
    place = Place(tmp_path)
    place.files.mkdir()
    place.database.touch()
    (tmp_path / "notes.txt").touch()
    assert place.contents == [place.files, place.database]
    clear(place)
    assert (place.contents, [path.name for path in tmp_path.iterdir()]) == ([], ["notes.txt"])


@pytest.mark.parametrize("left", [[], ["anmin.sqlite3", "unfinished"]])
def test_a_county_that_was_not_built_to_the_end_is_not_shown(tmp_path: Path, left: list[str]) -> None:
    for name in left:
        (tmp_path / name).touch()
    with pytest.raises(BadValue, match=r"^演示“tiny”还没有建立，请先运行 anmin demo build --scenario tiny。$"):
        refuse_unbuilt(scenario_named("tiny"), Place(tmp_path))
