"""`anmin exchange`: the provincial verification platform by its exchange files."""

from pathlib import Path
from typing import Annotated

import typer

from anmin.cli.start import acting, with_records

app = typer.Typer(no_args_is_help=True, help="The provincial verification platform by its exchange files.")

Number = Annotated[str, typer.Argument(help="The number of the inquiry, such as HD2024000029.")]
As = Annotated[str, typer.Option("--as", help="Act in the name of this account; it must be a section reviewer's.")]


@app.command()
@with_records
def send(
    number: Number,
    out: Annotated[Path, typer.Option(help="Where the list is written; it holds identity numbers in full.")],
    by: As,
    sources: Annotated[list[str] | None, typer.Option("--source", help="A source to be checked there; may be repeated.")] = None,
) -> None:
    """Write the list of an inquiry for the platform: all sources that could not be searched here, or those named."""
    from anmin.base import clock
    from anmin.base.errors import BadValue
    from anmin.ground.verification import actions, queries

    actor = acting(by)
    found = queries.inquiry(actor, number)
    if found is None:
        raise BadValue(f"没有编号为“{number}”的核对任务，或者您无权查看。")
    sent = actions.send_batch(inquiry=found, sources=sources or [], actor=actor, on=clock.today())
    assert sent.batch is not None  # the action has just made it
    # Numbers in full: for whoever runs the command, and for nobody else on the machine.
    out.touch(mode=0o600)
    out.chmod(0o600)
    out.write_bytes(sent.batch)
    typer.echo(f"已写入 {out}，共 {sent.batch.decode('utf-8-sig').count(chr(10)) - 1} 人。")


@app.command()
@with_records
def receive(number: Number, file: Annotated[Path, typer.Argument(help="The ZIP of answers.")], by: As) -> None:
    """Take in what the platform answered; a bundle with a fault is refused whole."""
    from anmin.base import clock
    from anmin.base.errors import BadValue
    from anmin.ground.verification import actions, queries

    actor = acting(by)
    found = queries.inquiry(actor, number)
    if found is None:
        raise BadValue(f"没有编号为“{number}”的核对任务，或者您无权查看。")
    try:
        content = file.read_bytes()
    except OSError:
        raise BadValue(f"文件“{file}”无法读取。") from None
    actions.receive_batch(inquiry=found, file_name=file.name, content=content, actor=actor, on=clock.today())
    left = queries.progress(actor, found).unanswered
    typer.echo(f"已接收。尚未全部答复的数据源 {len(left)} 个：{'、'.join(f'{label}（{why}）' for label, why in left)}。")
