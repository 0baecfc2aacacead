"""Which records a command works on: those the settings name, a demonstration, or the demonstration that stands in."""

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from anmin.cli.start import holds_records
from anmin.settings.env import VARIABLES


def anmin(*words: str, data: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command as somebody types it, in a process of its own, with no settings but these."""
    mine = {name: value for name, value in os.environ.items() if not name.startswith(("ANMIN_", "DJANGO_"))}
    command = [sys.executable, "-m", "anmin.cli", *words]
    return subprocess.run(  # noqa: S603  the words are the tests' own
        command, env={**mine, "ANMIN_DATA_DIR": str(data), **settings}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with a demonstration in it that holds tables and nobody."""
    data = tmp_path_factory.mktemp("data")
    folder = data / "demo" / "tiny"
    folder.mkdir(parents=True)
    made = anmin("migrate", data=data, ANMIN_DATABASE_URL=f"sqlite:///{folder}/anmin.sqlite3")
    assert made.returncode == 0, made.stderr
    return data


def test_demo_is_worked_on_when_it_is_named(place: Path) -> None:
    said = anmin("--demo", "tiny", "figures", "list", "--period", "2024H1", "--json", data=place)
    found = {each["id"]: each["value"] for each in json.loads(said.stdout)}
    assert (said.returncode, said.stderr) == (0, "")
    assert (found["assistance.dibao.standard"], found["assistance.dibao.households"]) == (820, None)


def test_demo_is_found_in_the_folder_that_is_named(place: Path, tmp_path: Path) -> None:
    said = anmin("--demo", "tiny", "--folder", str(place / "demo" / "tiny"), "audit", "verify", data=tmp_path)
    assert (said.returncode, said.stdout) == (0, "审计日志完整：共 0 条，逐条相接。链尾封印：（空）\n")


def test_demo_stands_in_where_there_are_no_records_and_says_so(place: Path) -> None:
    if holds_records(Path(VARIABLES["ANMIN_DATABASE_URL"].read(VARIABLES["ANMIN_DATABASE_URL"].default or "")["NAME"])):
        pytest.skip("this working copy has records of its own in var/")
    said = anmin("audit", "verify", data=place)
    assert (said.returncode, said.stderr.strip()) == (0, "尚未建立正式数据库，现在使用演示 tiny 的数据（全部为虚构）。")


def test_demo_never_stands_in_for_a_database_that_is_named(place: Path, tmp_path: Path) -> None:
    said = anmin("audit", "verify", data=place, ANMIN_DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("数据库还没有建立。正式使用请先运行 anmin migrate")


def test_records_of_an_earlier_version_are_told_in_a_sentence(place: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.sqlite3"
    shutil.copy(place / "demo" / "tiny" / "anmin.sqlite3", older)
    with contextlib.closing(sqlite3.connect(older)) as opened, opened:
        opened.execute("DELETE FROM django_migrations WHERE app = 'reports'")
    said = anmin("audit", "verify", data=tmp_path, ANMIN_DATABASE_URL=f"sqlite:///{older}")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("数据库是由较早版本建立的，请先备份，再运行 anmin migrate")


def test_demo_that_was_never_built_is_told_in_a_sentence(tmp_path: Path) -> None:
    said = anmin("--demo", "tiny", "figures", "list", "--period", "2024H1", data=tmp_path)
    expected = "演示“tiny”还没有建立，请先运行 anmin demo build --scenario tiny。\n"
    assert (said.returncode, said.stdout, said.stderr) == (1, "", expected)


def test_setting_that_is_wrong_is_told_in_a_sentence(tmp_path: Path) -> None:
    said = anmin("audit", "verify", data=tmp_path, ANMIN_TODAY="tomorrow", ANMIN_DATABASE_URL=f"sqlite:///{tmp_path}/a.sqlite3")
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr.startswith("设置有误：ANMIN_TODAY='tomorrow' is refused: expected a date such as 2024-07-01.")
