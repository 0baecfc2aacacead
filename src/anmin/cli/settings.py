"""`anmin settings`: what can be set, and what is refused."""

import typer

app = typer.Typer(no_args_is_help=True, help="The settings the platform reads from its environment.")


@app.callback()
def root() -> None:
    """The settings the platform reads from its environment."""


@app.command()
def reference() -> None:
    """Print the reference page of all settings, as it stands in docs/reference/settings.md."""
    from anmin.settings.reference import page

    typer.echo(page(), nl=False)
