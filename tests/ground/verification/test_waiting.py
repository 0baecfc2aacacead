"""A file that waits for somebody to look at its columns: never plain on disk, and not for long."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from anmin.base.errors import BadValue
from anmin.ground.verification import waiting

TEXT = "姓名,公民身份号码\n张三,320699197001010016\n".encode()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "waiting"


def test_it_comes_back_as_it_was_and_lies_there_encrypted(folder: Path) -> None:
    key = waiting.wait(TEXT)
    assert waiting.waiting(key) == TEXT
    assert b"320699" not in (folder / key).read_bytes()


def test_it_waits_no_more_once_it_is_forgotten(folder: Path) -> None:
    key = waiting.wait(TEXT)
    waiting.forget(key)
    assert list(folder.iterdir()) == []
    with pytest.raises(BadValue, match="上传的文件已超过一天未处理，系统已删除，请重新上传。"):
        waiting.waiting(key)


def test_the_next_upload_clears_away_what_is_older_than_a_day(folder: Path) -> None:
    old, young = waiting.wait(TEXT), waiting.wait(TEXT)
    yesterday = time.time() - waiting.KEPT_SECONDS - 1
    os.utime(folder / old, (yesterday, yesterday))
    newest = waiting.wait(TEXT)
    assert {each.name for each in folder.iterdir()} == {young, newest}


def test_a_file_older_than_a_day_is_not_handed_out_and_the_night_clears_it_away(folder: Path) -> None:
    key = waiting.wait(TEXT)
    yesterday = time.time() - waiting.KEPT_SECONDS - 1
    os.utime(folder / key, (yesterday, yesterday))
    with pytest.raises(BadValue, match="请重新上传"):
        waiting.waiting(key)
    assert (waiting.sweep(), list(folder.iterdir())) == (1, [])


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "a" * 31 + "/", "b" * 32])
def test_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(BadValue, match="请重新上传"):
        waiting.waiting(key)
    waiting.forget(key)
