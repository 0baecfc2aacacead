"""A file stands there whole, or as it was before."""

from pathlib import Path

import pytest

from anmin.base.errors import BadValue
from anmin.base.whole_files import written_whole


def test_what_is_written_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before", encoding="utf-8")
    with written_whole(path) as unfinished:
        unfinished.write_text("after", encoding="utf-8")
        assert path.read_text(encoding="utf-8") == "before"
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("out.csv", "after")]


def test_what_goes_wrong_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("before", encoding="utf-8")

    def write(half: str) -> None:
        with written_whole(path) as unfinished:
            unfinished.write_text(half, encoding="utf-8")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write("half")
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("out.csv", "before")]


def test_a_place_where_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "out.csv"
    with (
        pytest.raises(BadValue, match=r"out\.csv”（No such file or directory），请检查权限和剩余空间。$"),
        written_whole(path) as unfinished,
    ):
        unfinished.write_text("words", encoding="utf-8")
