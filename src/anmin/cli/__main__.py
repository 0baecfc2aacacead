"""`anmin`: every command of the house; each module of this folder brings the commands of its room.

A room is loaded when it is named, or when help is asked for: whoever checks a text does not wait for the records.
"""

import os
from collections.abc import Iterator, MutableMapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from anmin import cli
from anmin.cli.serve import migrate, serve
from anmin.cli.start import choose_first, standing_in, told_plainly

_PARTS = {"__main__", "checking", "serve", "start"}
"""Modules of this folder that are no room's."""

_NAMES = {"imports": "import"}
"""Rooms whose command cannot be called like its module: Python keeps the word for itself."""


class _Rooms(MutableMapping[str, Any]):
    """The commands of the house itself, then those of the rooms; a room's module is loaded when the room is asked for."""

    def __init__(self, own: MutableMapping[str, Any]) -> None:
        self.own = own
        found = sorted(each.name for each in iter_modules(cli.__path__) if each.name not in _PARTS)
        self.modules = {_NAMES.get(name, name): name for name in found}

    def __getitem__(self, name: str) -> Any:
        if name not in self.own:
            # A room of one command is a group all the same: `anmin settings reference`.
            self.own[name] = get_group(import_module(f"anmin.cli.{self.modules[name]}").app)
            self.own[name].name = name
        return self.own[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self.own[name] = command

    def __delitem__(self, name: str) -> None:
        del self.own[name]

    def __iter__(self) -> Iterator[str]:
        yield from (name for name in self.own if name not in self.modules)
        yield from self.modules

    def __len__(self) -> int:
        return len(self.own.keys() | self.modules.keys())


class House(TyperGroup):
    """The group of all commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = _Rooms(self.commands)


app = typer.Typer(
    name="anmin",
    cls=House,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(serve)
app.command()(migrate)


@app.callback()
def choose_records(
    context: typer.Context,
    demo: Annotated[str, typer.Option(help="Work on this scenario of the demonstration, such as 2024H1.")] = "",
    folder: Annotated[Path | None, typer.Option(help="Where that demonstration was built, if not in var/demo.")] = None,
) -> None:
    """安民: the platform on which a county civil affairs bureau does its work. Every command explains itself with --help.

    Commands work on the records that the settings name, or with --demo on those of the
    demonstration; where there are no records yet, on the demonstration built last.
    """

    def choose() -> None:
        chosen = demo or ("" if folder else standing_in())
        if chosen:
            from anmin.cli.demo import live_in, refuse_unbuilt

            refuse_unbuilt(*live_in(chosen, folder))

    if demo:
        with told_plainly():
            choose()
    elif context.invoked_subcommand not in _WITHOUT_RECORDS:
        choose_first(choose)


_WITHOUT_RECORDS = {"demo", "migrate", "settings"}
"""Commands that need no records, or make them, or say themselves where they work."""


def main() -> None:
    """Runs the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    app()


if __name__ == "__main__":
    main()
