"""What `anmin report check FILE` does: read the text, judge it, tell it. Without Django, so that it starts at once."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

from anmin.base.errors import BadValue
from anmin.base.periods import Period, parse_period

if TYPE_CHECKING:
    from anmin.ground.reports.checking.findings import Checked
    from anmin.ground.reports.checking.texts import Document
    from anmin.ground.reports.comparison import Compared

UNREADABLE = 2
"""The exit status where there was nothing to judge; 1 is for findings."""

_STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Asked:
    """What was typed behind `anmin report check FILE`."""

    file: str
    against: str | None
    off: list[str]
    corrections: Path | None
    period: str
    username: str | None
    as_json: bool


def check_file(asked: Asked) -> NoReturn:
    """The file is judged and told; exit status 0 when it is clean, 1 with findings, 2 when it could not be read."""
    from anmin.ground.reports.checking.check import check
    from anmin.ground.reports.checking.given import corrections_of, rules_set_aside
    from anmin.ground.reports.checking.numerals.periods import Period as Days
    from anmin.ground.reports.checking.texts import Unreadable

    try:
        period = parse_period(asked.period) if asked.period else None
        off = rules_set_aside(asked.off)
        corrections = corrections_of(_text_of(asked.corrections)) if asked.corrections else []
        document = _document(asked.file)
        against = _document(asked.against) if asked.against else None
        days = Days(period.first_day, period.last_day) if period else None
        checked = check(document, against=against, period=days, off=off, corrections=corrections)
        known = {number.key for number in checked.numbers}
        if strange := [each.key for each in corrections if each.key not in known]:
            raise BadValue(f"更正里的编号“{strange[0][:40]}”在文中没有对应的数字，编号见 --json 的 numbers。")
    except (BadValue, Unreadable) as refused:
        typer.echo(refused.message, err=True)
        raise typer.Exit(UNREADABLE) from None
    compared = _compared(checked, period, asked.username) if period else None
    if asked.as_json:
        typer.echo(json.dumps(_plain(checked, document, compared), ensure_ascii=False, indent=2))
    else:
        _tell(checked, document, compared)
    differs = any(each.differs for each in compared or ())
    raise typer.Exit(0 if checked.is_clean and not differs else 1)


def _document(file: str) -> "Document":
    from anmin.ground.reports.checking.files import BYTES_AT_MOST, read_document

    if file == _STANDARD_INPUT:
        return read_document(sys.stdin.buffer.read(BYTES_AT_MOST + 1), "标准输入")
    return read_document(Path(file))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise BadValue(f"更正文件“{path}”打不开，或者不是 UTF-8 编码的文字，请检查。") from None


def _compared(checked: "Checked", period: Period, username: str | None) -> "list[Compared] | None":
    """What the records say to the same figures; None, with the reason on standard error, where there are none to ask."""
    try:
        from anmin.cli.start import acting, records_ready, told_as_value

        with told_as_value():
            records_ready()
            from anmin.base import clock
            from anmin.ground.reports.comparison import compared

            return compared(checked, acting(username), period, on=clock.today())
    except BadValue as refused:
        typer.echo(f"没有与平台记录对照：{refused.message}", err=True)
        return None


def _plain(checked: "Checked", document: "Document", compared: "list[Compared] | None") -> dict[str, Any]:
    said = checked.as_json()
    said["counted"] = document.counted
    if compared is not None:
        said["compared"] = [each.as_json() for each in compared]
    return said


def _tell(checked: "Checked", document: "Document", compared: "list[Compared] | None") -> None:
    from anmin.ground.reports.checking.telling import count_of, in_reading_order, off_said, place_said, quotation_of
    from anmin.ground.reports.checking.vocabulary import Severity

    colours = {Severity.ERROR: "red", Severity.DOUBTFUL: "yellow", Severity.ASK: "blue"}
    count = count_of(checked)
    typer.echo(f"{_style(document.name or '核数', bold=True)}　{count.over}")
    for note in checked.notes or document.notes:
        typer.echo(f"说明：{note}")
    for sentence in off_said(checked):
        typer.echo(sentence)
    for number, finding in enumerate(in_reading_order(checked.findings), start=1):
        label = "四舍五入" if finding.is_only_rounding else finding.severity_label
        severity = _style(label, fg=None if finding.is_only_rounding else colours[finding.severity], bold=True)
        typer.echo(f"\n{number}. {severity}　{finding.title}　{place_said(document, finding)}")
        typer.echo(f"   原文：{_marked(quotation_of(document, finding))}")
        typer.echo(f"   核算：{finding.arithmetic}")
        if finding.proposal:
            typer.echo(f"   建议：{finding.proposal}")
    if compared is not None:
        typer.echo("\n与平台记录对照：")
        for each in compared:
            typer.echo(f"   {_style('不一致', fg='red', bold=True) if each.differs else '一致'}　{each.sentence}")
        if not compared:
            typer.echo("   文中没有能与平台指标逐一对应的数字。")
    typer.echo(f"\n{count.said}")
    if differing := sum(each.differs for each in compared or ()):
        typer.echo(f"与平台记录不一致 {differing} 处。")


def _marked(quotation: Any) -> str:
    if _is_coloured():
        return f"{quotation.before}{typer.style(quotation.number, bold=True, underline=True)}{quotation.after}"
    return str(quotation.marked("【", "】"))


def _style(text: str, *, fg: str | None = None, bold: bool = False) -> str:
    return typer.style(text, fg=fg, bold=bold) if _is_coloured() else text


def _is_coloured() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
