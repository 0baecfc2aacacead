"""What a command does first: Django awake, mistakes told as sentences."""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from rich.table import Table

    from anmin.ground.accounts.gate import Actor

P = ParamSpec("P")
R = TypeVar("R")


_choice: list[Callable[[], None]] = []


def choose_first(choose: Callable[[], None]) -> None:
    """What is to be called before Django wakes, to settle which records are meant; a command that needs none never calls it."""
    _choice[:] = [choose]


def django_ready() -> None:
    """Django is set up; commands call this themselves, so that `anmin --help` and the commands without records start at once."""
    while _choice:
        _choice.pop()()
    import django
    from django.apps import apps

    if not apps.ready:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
        django.setup()


@contextmanager
def told_plainly() -> Iterator[None]:
    """A refusal or a bad value ends the command with its sentence on standard error and exit status 1, never a traceback.

    So does a setting that is refused.
    """
    from anmin.base.errors import BadValue

    try:
        with told_as_value():
            yield
    except BadValue as error:
        print(error.message, file=sys.stderr)  # noqa: T201  the command line speaks through print
        raise SystemExit(1) from None


@contextmanager
def told_as_value() -> Iterator[None]:
    """A refusal or a setting that is refused becomes a bad value with its sentence, for whoever can go on without records."""
    from django.core.exceptions import ImproperlyConfigured

    from anmin.base.errors import BadValue, Refused

    try:
        yield
    except ImproperlyConfigured as error:
        raise BadValue(f"设置有误：{error}") from None
    except Refused as error:
        raise BadValue(error.message) from None


def standing_in() -> str:
    """The scenario built last, where the settings name no database and the usual one holds no records; said on standard error.

    Without it the command could only fail: after `make demo` the demonstration is all there is to look at.
    """
    from anmin.settings import env

    if os.environ.get("ANMIN_DATABASE_URL") or os.environ.get("ANMIN_DATABASE_URL_FILE"):
        return ""
    if holds_records(Path(env.read("ANMIN_DATABASE_URL")["NAME"])):
        return ""
    built = [path for path in (Path(env.read("ANMIN_DATA_DIR")) / "demo").glob("*/anmin.sqlite3") if holds_records(path)]
    if not built:
        return ""
    scenario = max(built, key=lambda path: path.stat().st_mtime).parent.name
    print(f"尚未建立正式数据库，现在使用演示 {scenario} 的数据（全部为虚构）。", file=sys.stderr)  # noqa: T201  as above
    return scenario


def holds_records(path: Path) -> bool:
    """Whether the file is a database in which the platform's tables stand."""
    if not path.is_file():
        return False
    # Only looking: an ordinary connection would create an empty file where there is none.
    opened = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone() is not None
    except sqlite3.DatabaseError:
        return False
    finally:
        opened.close()


def _refuse_other_tables() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from anmin.base.errors import Refused

    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        raise Refused("数据库还没有建立。正式使用请先运行 anmin migrate；查看演示请运行 make demo，再写 anmin --demo 2024H1 …。")
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused("数据库是由较早版本建立的，请先备份，再运行 anmin migrate；演示数据请用 make demo 重新建立。")


def records_ready() -> None:
    """Django is set up and the records stand as this version of the platform wants them. Refuses where they do not."""
    django_ready()
    _refuse_other_tables()


def with_records(command: Callable[P, R]) -> Callable[P, R]:
    """A command that works on the records: Django is ready before it, and its mistakes are told plainly."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with told_plainly():
            records_ready()
            return command(*args, **kwargs)

    return run


def show_table(*tables: "Table") -> None:
    """The tables are printed; numbers and articles are folded where a terminal is narrow, never cut."""
    from rich.console import Console

    console = Console(width=max(Console().width, 120))
    for table in tables:
        for column in table.columns:
            column.overflow = "fold"
        console.print(table)


def with_policy(command: Callable[P, R]) -> Callable[P, R]:
    """A command that reads the law and no records: Django is ready before it, and its mistakes are told plainly."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with told_plainly():
            django_ready()
            return command(*args, **kwargs)

    return run


def acting(username: str | None, on: date | None = None) -> "Actor":
    """The member of staff in whose name a command acts; the system itself when none is named."""
    from anmin.base import clock
    from anmin.ground.accounts.gate import SYSTEM
    from anmin.ground.accounts.queries import actor_named

    return SYSTEM if username is None else actor_named(username=username, on=on or clock.today())
