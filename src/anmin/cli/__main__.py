"""`anmin`: every command of the house."""

import os

import typer

app = typer.Typer(name="anmin", no_args_is_help=True, add_completion=False, help="安民: the civil affairs platform of a county.")


@app.callback()
def root() -> None:
    """安民: the civil affairs platform of a county."""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anmin.settings.dev")
    app()


if __name__ == "__main__":
    main()
