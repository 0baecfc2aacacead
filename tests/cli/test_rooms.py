"""All commands are listed, and a room is loaded only when it is named."""

import subprocess
import sys

import pytest
from typer.testing import CliRunner

from anmin.cli.__main__ import app

run = CliRunner()

ROOMS = [
    "accounts",
    "areas",
    "audit",
    "cases",
    "demo",
    "docs",
    "figures",
    "import",
    "policy",
    "report",
    "rolls",
    "schedules",
    "settings",
]


def test_help_lists_the_commands_of_the_house_and_every_room() -> None:
    said = run.invoke(app, ["--help"], env={"COLUMNS": "120"}).stdout
    listed = [line.split()[1] for line in said.splitlines() if line.startswith("│ ") and line[2] not in " -"]
    assert listed[:2] == ["serve", "migrate"]
    assert sorted(set(ROOMS) - set(listed)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_explains_itself(room: str) -> None:
    assert run.invoke(app, [room, "--help"]).exit_code == 0


def test_word_that_is_nearly_a_room_is_guessed() -> None:
    said = run.invoke(app, ["reprot"], env={"COLUMNS": "120"})
    assert (said.exit_code, "Did you mean 'report'?" in said.stderr) == (2, True)


def test_a_room_that_is_not_named_is_not_loaded() -> None:
    typed = (
        "import sys\nsys.argv = ['anmin', 'report', '--help']\nfrom anmin.cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit:\n"
        "    print(sorted(name for name in sys.modules if name.startswith('anmin.cli.')))"
    )
    said = subprocess.run([sys.executable, "-c", typed], capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert said.stdout.splitlines()[-1] == "['anmin.cli.__main__', 'anmin.cli.report', 'anmin.cli.serve', 'anmin.cli.start']"
