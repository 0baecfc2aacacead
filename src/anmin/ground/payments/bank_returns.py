"""The bank's answer: a table with 参考号, 结果, 原因 (and 金额, 入账日期 where the bank gives them), checked row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from anmin.base.errors import BadValue
from anmin.base.money import Fen, format_yuan, parse_yuan
from anmin.ground.imports.reading import Cell, Formula, Table, read_table
from anmin.ground.payments.bank_files import TOTAL

REQUIRED = ("参考号", "结果", "原因")
OPTIONAL = ("金额", "入账日期")
_SUCCEEDED = {"成功", "已入账", "交易成功"}
_FAILED = {"失败", "退回", "交易失败"}
PROBLEMS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bank says about one line of a bank file."""

    row: int
    reference: str
    succeeded: bool
    reason: str
    amount: Fen | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Sent:
    """What we know of a line that was sent."""

    pk: int
    payment_id: int
    file_id: int
    amount: Fen
    made_on: date
    answered: bool


def read_answers(source: Path | bytes, name: str) -> tuple[Table, list[Answer]]:
    """The answers in a return file. Refuses the whole file, with every row and column that cannot be read."""
    table = read_table(source, name)
    missing = [header for header in REQUIRED if header not in table.headers]
    if missing:
        raise BadValue(f"回盘文件缺少列：{'、'.join(missing)}。应有“参考号”“结果”“原因”三列，可另有“金额”“入账日期”。")
    place = {header: table.headers.index(header) for header in (*REQUIRED, *OPTIONAL) if header in table.headers}
    problems: list[str] = []
    answers = []
    for line in table.lines:
        cells = {header: line.cells[at] if at < len(line.cells) else None for header, at in place.items()}
        if cells["参考号"] == TOTAL:
            continue
        try:
            answers.append(_answer(line.number, cells))
        except BadValue as error:
            problems.append(f"第 {line.number} 行{error}")
    refuse(problems)
    if not answers:
        raise BadValue("回盘文件中没有任何一笔结果，请检查。")
    return table, answers


def check_answers(answers: Sequence[Answer], sent: dict[str, Sent], on: date) -> int:
    """The one bank file that all answers are about.

    Refuses, naming every row: a reference we never sent, one that stands there twice or was answered before, one of another
    file, an amount that differs, a day before the file was made or after the day `on` of the return.
    """
    problems: list[str] = []
    first_row: dict[str, int] = {}
    files: dict[int, int] = {}
    for answer in answers:
        line = sent.get(answer.reference)
        where = f"第 {answer.row} 行“参考号”：{answer.reference} "
        if line is None:
            problems.append(where + "不在我们送出的任何银行文件中")
            continue
        files[line.file_id] = files.get(line.file_id, 0) + 1
        if answer.reference in first_row:
            problems.append(where + f"与第 {first_row[answer.reference]} 行重复")
        first_row.setdefault(answer.reference, answer.row)
        if line.answered:
            problems.append(where + "此前已有回盘结果，不能再次导入")
        if answer.amount is not None and answer.amount != line.amount:
            problems.append(
                f"第 {answer.row} 行“金额”：回盘为 {format_yuan(answer.amount)} 元，送出时为 {format_yuan(line.amount)} 元"
            )
        if answer.paid_on is not None and answer.paid_on < line.made_on:
            problems.append(f"第 {answer.row} 行“入账日期”：{answer.paid_on} 早于银行文件的生成日期 {line.made_on}")
        if answer.paid_on is not None and answer.paid_on > on:
            problems.append(f"第 {answer.row} 行“入账日期”：{answer.paid_on} 晚于导入的日期 {on}")
    if len(files) > 1:
        file_id = max(files, key=lambda each: files[each])
        problems += [
            f"第 {answer.row} 行“参考号”：{answer.reference} 属于另一个银行文件，请分开导入"
            for answer in answers
            if (line := sent.get(answer.reference)) is not None and line.file_id != file_id
        ]
    refuse(problems)
    return next(iter(files))


def refuse(problems: Sequence[str]) -> None:
    """Nothing when there are none; otherwise the whole file is refused, with the rows to look at."""
    if problems:
        more = f"；另有 {len(problems) - PROBLEMS_SHOWN} 处" if len(problems) > PROBLEMS_SHOWN else ""
        raise BadValue(f"回盘文件没有导入：{'；'.join(problems[:PROBLEMS_SHOWN])}{more}。请核对后重新导入。")


def _answer(row: int, cells: dict[str, Cell]) -> Answer:
    reference, result = _text(cells, "参考号"), _text(cells, "结果")
    if not reference:
        raise BadValue("“参考号”没有填写")
    if result not in _SUCCEEDED | _FAILED:
        raise BadValue(f"“结果”应为“成功”或“失败”，现在是“{result}”")
    reason = _text(cells, "原因")
    if result in _FAILED and not reason:
        raise BadValue("“原因”没有填写；失败的款项须注明原因")
    succeeded = result in _SUCCEEDED
    return Answer(row, reference, succeeded, "" if succeeded else reason[:120], _amount(cells), _day(cells))


def _text(cells: dict[str, Cell], header: str) -> str:
    found = cells.get(header)
    if isinstance(found, int | float) and header == "参考号":
        raise BadValue("“参考号”应为文本格式，数字格式可能丢失末位")
    if isinstance(found, Formula):
        raise BadValue(f"“{header}”是公式，请粘贴为数值")
    return "" if found is None else str(found).strip().removeprefix("'")


def _amount(cells: dict[str, Cell]) -> Fen | None:
    found = cells.get("金额")
    if found is None or found == "":
        return None
    if not isinstance(found, str | int | float):
        raise BadValue("“金额”应为数字")
    try:
        return parse_yuan(found)
    except BadValue as error:
        raise BadValue(f"“金额”：{error}".rstrip("。")) from error


def _day(cells: dict[str, Cell]) -> date | None:
    found = cells.get("入账日期")
    if found is None or found == "":
        return None
    if isinstance(found, datetime):
        return found.date()
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found).strip().replace("/", "-"))
    except ValueError:
        raise BadValue(f"“入账日期”应写作 2024-07-10，现在是“{found}”") from None
