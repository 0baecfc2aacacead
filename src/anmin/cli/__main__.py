"""`anmin`: every command of the house, a module for each room."""

import os
from importlib import import_module

import typer

from anmin.cli.serve import migrate, serve

app = typer.Typer(
    name="anmin",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="安民: the platform on which a county civil affairs bureau does its work. Every command explains itself with --help.",
)

ROOMS = ("accounts", "areas", "audit", "cases", "demo", "figures", "imports", "payments", "policy", "report", "schedules", "settings")

for _room in ROOMS:
    _module = import_module(f"anmin.cli.{_room}")
    app.add_typer(_module.app, name=getattr(_module, "NAME", _room))


app.command()(serve)
app.command()(migrate)


def main() -> None:
    """Runs the command that was typed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    app()


if __name__ == "__main__":
    main()
