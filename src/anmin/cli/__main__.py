"""`anmin`: every command of the house; each module of this folder brings the commands of its room."""

import os
from importlib import import_module
from pkgutil import iter_modules

import typer

from anmin import cli
from anmin.cli.serve import migrate, serve

app = typer.Typer(
    name="anmin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="安民: the platform on which a county civil affairs bureau does its work. Every command explains itself with --help.",
)

for _found in iter_modules(cli.__path__):
    if _found.name not in {"__main__", "serve", "start"}:
        _module = import_module(f"anmin.cli.{_found.name}")
        app.add_typer(_module.app, name=getattr(_module, "NAME", _found.name))

app.command()(serve)
app.command()(migrate)


def main() -> None:
    """Runs the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    app()


if __name__ == "__main__":
    main()
