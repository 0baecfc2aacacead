"""`anmin docs`: the reference pages that are written from the code and from the law as data."""

import typer

from anmin.cli.start import with_policy

app = typer.Typer(no_args_is_help=True, help="The reference pages that are written from the code.")


@app.callback()
def root() -> None:
    """The reference pages that are written from the code."""


@app.command()
@with_policy
def write() -> None:
    """Write docs/reference anew; the suite says when it was forgotten."""
    from anmin.settings.env import ROOT

    for name, text in pages().items():
        target = ROOT / "docs" / "reference" / name
        target.write_text(text, encoding="utf-8")
        typer.echo(f"written: {target.relative_to(ROOT)}")


def pages() -> dict[str, str]:
    """Every reference page by the name of its file."""
    from anmin.ground.policy import reference
    from anmin.ground.policy.book import policy
    from anmin.ground.policy.exclusivity import exclusivity
    from anmin.ground.policy.programmes import DECIDED
    from anmin.ground.verification.matching.reference import page as matching_page
    from anmin.ground.verification.reference import page as sources_page
    from anmin.settings.reference import page

    return {
        "settings.md": page(),
        "facts.md": reference.facts_page(DECIDED.values()),
        "parameters.md": reference.parameters_page(policy()),
        "exclusivity.md": reference.exclusivity_page(exclusivity()),
        "matching.md": matching_page(),
        "sources.md": sources_page(policy()),
    }
