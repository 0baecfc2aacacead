"""`anmin docs`: the reference pages that are written from the code."""

import typer

app = typer.Typer(no_args_is_help=True, help="The reference pages that are written from the code.")


@app.callback()
def root() -> None:
    """The reference pages that are written from the code."""


@app.command()
def write() -> None:
    """Write docs/reference anew; the suite says when it was forgotten."""
    from anmin.settings.env import ROOT
    from anmin.settings.reference import page

    target = ROOT / "docs" / "reference" / "settings.md"
    target.write_text(page(), encoding="utf-8")
    typer.echo(f"written: {target.relative_to(ROOT)}")
