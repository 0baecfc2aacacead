"""`anmin`: every command of the house; each module of this folder brings the commands of its room."""

import os
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Annotated

import typer

from anmin import cli
from anmin.cli.serve import migrate, serve
from anmin.cli.start import standing_in, told_plainly

app = typer.Typer(
    name="anmin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for _found in iter_modules(cli.__path__):
    if _found.name not in {"__main__", "serve", "start"}:
        _module = import_module(f"anmin.cli.{_found.name}")
        app.add_typer(_module.app, name=getattr(_module, "NAME", _found.name))

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
    if context.invoked_subcommand in _WITHOUT_RECORDS and not demo:
        return
    with told_plainly():
        chosen = demo or ("" if folder else standing_in())
        if chosen:
            from anmin.cli.demo import live_in, refuse_unbuilt

            refuse_unbuilt(*live_in(chosen, folder))


_WITHOUT_RECORDS = {"demo", "migrate", "settings"}
"""Commands that need no records, or make them, or say themselves where they work."""


def main() -> None:
    """Runs the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    app()


if __name__ == "__main__":
    main()
