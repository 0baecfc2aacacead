"""Changes of parts against the change of the whole: where the levels add up, what they grew by must, too."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from anmin.ground.reports.checking.findings import Number
from anmin.ground.reports.checking.numerals.sentences import Sentence
from anmin.ground.reports.checking.relations import lists
from anmin.ground.reports.checking.relations.ledger import Ledger, amount, said
from anmin.ground.reports.checking.relations.misprints import is_one_slip
from anmin.ground.reports.checking.relations.records import Record, records_of
from anmin.ground.reports.checking.vocabulary import Kind, Role, Severity

RULE = "parts_and_whole"


def judge_growing(sentence: Sentence, ledger: Ledger) -> None:
    """比年初增加28.64亿元，其中住户存款增加24.86亿元，企业存款增加2.42亿元……: told where one slip makes the changes add up."""
    numbers = [n for n in sentence.groups[0].numbers if n.measured and not n.weak]
    for at, whole in enumerate(numbers[:60]):
        behind = sentence.text[whole.end - sentence.start :][:3]
        if whole.role is not Role.CHANGE or whole.kind is not Kind.MEASURE or whole.hedge or not behind.startswith("，其中"):
            continue
        run: list[Number] = []
        for part in numbers[at + 1 : at + 12]:
            if part.role is not Role.CHANGE or part.dimension != whole.dimension or part.hedge or not part.sign:
                break
            run.append(part)
        terms = [(whole, -(whole.sign or 1)), *((part, part.sign) for part in run)]
        gap = sum(((n.value or Fraction(0)) * sign for n, sign in terms), Fraction(0))
        if len(run) < 2 or abs(gap) <= sum((n.quantum for n, _ in terms), Fraction(0)) / 2 or not is_one_slip(terms):
            continue
        shown = "+".join(said(part) if part.sign > 0 else f"（-{said(part)}）" for part in run)
        line = (
            f"各分项增减相加：{shown}={amount(gap + (whole.value or 0) * (whole.sign or 1), whole)}，原文总的增减为{said(whole)}"
        )
        ledger.fails(RULE, Severity.DOUBTFUL, [whole, *run], line, "请核对各项增减数和总增减数。")


def judge_changes(whole: Number, parts: Sequence[Number], sentence: Sentence, ledger: Ledger) -> None:
    """Where the levels of the parts make up the level of the whole, their changes make up its change."""
    count = lists.closing_prefix(whole, parts)
    if not count:
        return
    chosen = parts[:count]
    found = {id(record.level): record for record in records_of(sentence)} | _records_before(whole, sentence, ledger)
    record = found.get(id(whole))
    if record is None or len(record.changes) != 1:
        return
    total_change = record.changes[0]
    changes: list[Number] = []
    for part in chosen:
        own = found.get(id(part))
        if own is None or len(own.changes) != 1 or own.changes[0].dimension != total_change.dimension:
            return
        if own.changes[0].base and total_change.base and own.changes[0].base != total_change.base:
            return
        changes.append(own.changes[0])
    value = sum((_signed(change) for change in changes), Fraction(0))
    slack = sum((change.quantum for change in (*changes, total_change)), Fraction(0)) / 2
    wanted = _signed(total_change)
    shown = "+".join(said(change) if change.sign >= 0 else f"（-{said(change)}）" for change in changes)
    line = f"各分项增减相加：{shown}={amount(value, total_change)}"
    numbers = [total_change, *changes, whole, *chosen]
    if any(change.hedge for change in (*changes, total_change)):
        return
    if abs(value - wanted) <= slack:
        if value == wanted:
            ledger.holds(RULE, numbers, f"{line}，与总增减{said(total_change)}相符")
        else:
            ledger.rounds(RULE, numbers, f"{line}，总数为{said(total_change)}，在四舍五入范围内")
        return
    line += (
        f"，原文总的{'增量' if wanted >= 0 else '减量'}为{said(total_change)}，相差{amount(abs(value - wanted), total_change)}"
    )
    proposal = "分项之和等于总数，分项的增减之和也应等于总增减；请核对各项增减数和总增减数。"
    ledger.fails(RULE, Severity.ERROR, numbers, line + _seen_from_before(whole, total_change, chosen, changes), proposal)


def _seen_from_before(whole: Number, total_change: Number, parts: Sequence[Number], changes: Sequence[Number]) -> str:
    """The same gap on the side of the earlier period: what the parts had then, and what the whole had."""
    if any(part.dimension != change.dimension for part, change in zip(parts, changes, strict=True)):
        return ""
    earlier = [(part.value or Fraction(0)) - _signed(change) for part, change in zip(parts, changes, strict=True)]
    had = (whole.value or Fraction(0)) - _signed(total_change)
    if min(earlier, default=Fraction(0)) < 0 or had < 0:
        return ""
    shown = "+".join(amount(value, total_change) for value in earlier)
    return (
        f"；倒推上期也合不上：分项{shown}={amount(sum(earlier, Fraction(0)), total_change)}，"
        f"总数{amount(had, total_change)}，相差{amount(abs(sum(earlier, Fraction(0)) - had), total_change)}"
    )


def _records_before(whole: Number, sentence: Sentence, ledger: Ledger) -> dict[int, Record]:
    """The statements of the sentence that holds the whole, where that is an earlier one."""
    if whole.sentence == sentence.index:
        return {}
    paragraph = ledger.paragraphs.get(sentence.block)
    if paragraph is None:
        return {}
    for other in paragraph.sentences:
        if other.index == whole.sentence:
            return {id(record.level): record for record in records_of(other)}
    return {}


def _signed(change: Number) -> Fraction:
    return (change.value or Fraction(0)) * (change.sign or 1)
