"""The check: a document is read, each family tries its relations, findings come back in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from anmin.ground.reports.checking.findings import Checked, Correction, Number
from anmin.ground.reports.checking.numerals import periods, reading
from anmin.ground.reports.checking.numerals.periods import Period
from anmin.ground.reports.checking.relations import (
    announced,
    averages,
    balances,
    closings,
    columns,
    cumulated,
    dates,
    densities,
    distant,
    earlier,
    formulas,
    growth,
    hundreds,
    joined,
    listed,
    means,
    moves,
    multiples,
    nothing,
    numbered,
    oddities,
    parts,
    peaks,
    phrases,
    products,
    proportions,
    prose,
    ranks,
    ratios,
    repeats,
    retold,
    series,
    shares,
    sheets,
    sizes,
    slips,
    spread,
    standards,
    stocks,
    tabled,
    totals,
    unclaimed,
    vital,
    worded,
)
from anmin.ground.reports.checking.relations.explained import leave_what_is_explained
from anmin.ground.reports.checking.relations.ledger import Ledger, Reading, ReadParagraph
from anmin.ground.reports.checking.texts import Document, Paragraph, Table
from anmin.ground.reports.checking.vocabulary import Severity

FAMILIES: tuple[Callable[[Reading, Ledger], None], ...] = (
    growth.judge,
    multiples.judge,
    parts.judge,
    series.judge,
    announced.judge,
    cumulated.judge,
    totals.judge,
    formulas.judge,
    products.judge,
    densities.judge,
    averages.judge,
    means.judge,
    standards.judge,
    stocks.judge,
    balances.judge,
    closings.judge,
    moves.judge,
    shares.judge,
    hundreds.judge,
    distant.judge,
    ratios.judge,
    proportions.judge,
    slips.judge,
    sizes.judge,
    oddities.judge,
    ranks.judge,
    nothing.judge,
    listed.judge,
    numbered.judge,
    worded.judge,
    vital.judge,
    dates.judge,
    phrases.judge,
    peaks.judge,
    repeats.judge,
    spread.judge,
    columns.judge,
    unclaimed.judge,
    joined.judge,
)
_ORDER = {Severity.ERROR: 0, Severity.DOUBTFUL: 1, Severity.ASK: 2}
_FORECAST = re.compile(
    r"下一?步|下半年.{0,6}(?:工作|任务|打算|计划|安排|重点|举措)|工作(?:思路|打算|计划|安排)|主要(?:任务|目标)|明年|来年|下一年|努力方向"
)
_PART_OF_YEAR = re.compile(
    r"(?<!下)半年|前三季度|[一二三四]季度|(?<![\d—–~至到-])(?<![—–~至到-]\d{4}年)(?P<from>1[-—–至])?(?P<until>\d{1,2})月(?!\d)(?![日末底]|份?[—–~至到-])"
)
_OPENED = re.compile(r"^[【〔][^】〕]{0,12}(?:重点|打算|计划|安排|下一步)[^】〕]{0,4}[】〕]")
_FIRST_WORDS = re.compile(r"[^\u4e00-\u9fff\d]{0,3}(?:今年|\d{4}年度?|关于|[\u4e00-\u9fff]{1,4}[：:])?")
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|[◆◇●■▲★※◎])")


def check(
    document: Document,
    *,
    against: Document | None = None,
    period: Period | None = None,
    off: Mapping[str, str] | None = None,
    corrections: Sequence[Correction] = (),
) -> Checked:
    """Every number of the document is read and every relation its text states is judged.

    `against` is an earlier report, `period` the one this report is about where its text does not say; `off` are rules left
    out, each with its reason; `corrections` are readings put right. Refuses: a correction that is no number.
    """
    switched = dict(off or {})
    ledger = Ledger(switched)
    read = read_document(document, {correction.key: correction for correction in corrections}, period)
    ledger.paragraphs = {paragraph.block: paragraph for paragraph in read.paragraphs}
    ledger.months = read.months
    for family in FAMILIES:
        family(read, ledger)
    corrected = {correction.key: correction for correction in corrections}
    for block, content in enumerate(document.blocks):
        if isinstance(content, Table):
            ledger.cells[block] = content.rows
            read.cells += sheets.judge_table(content, block, corrected, ledger)
    prose.judge(read, ledger)
    tabled.judge(read, ledger)
    retold.judge(read, ledger)
    peaks.judge_tables(read, ledger)
    leave_what_is_explained(read, ledger)
    if against is not None:
        earlier.judge_against(read, read_document(against, {}), ledger)
    numbers = [n for paragraph in read.paragraphs for sentence in paragraph.sentences for n in sentence.numbers]
    numbers += read.cells
    findings = sorted(
        ledger.findings, key=lambda f: (f.places[0].block, f.places[0].row or 0, f.places[0].start, _ORDER[f.severity])
    )
    return Checked(document.name, tuple(_in_order(numbers)), tuple(ledger.relations), tuple(findings), switched, document.notes)


def read_document(document: Document, corrections: Mapping[str, Correction], period: Period | None = None) -> Reading:
    """The document with its numbers read; the period is taken from its title or opening where it is not given."""
    read = Reading(document, [], period)
    forecast = False
    for block, content in enumerate(document.blocks):
        if isinstance(content, Table):
            continue
        text, sentences = reading.read_paragraph(content, block, corrections)
        if content.heading or _NUMBERED.match(text.text):
            if _NUMBERED.match(text.text):
                forecast = bool(_FORECAST.search(text.text[:40]))
            elif _FORECAST.search(text.text[:40]):
                forecast = True
        own = forecast or bool(_OPENED.match(text.text))
        read.paragraphs.append(ReadParagraph(block, content.heading, text, sentences, forecast=own))
    if read.period is None:
        read.period = _stated_period(document)
    if read.period is None:
        titles = [block.text[:80] for block in document.blocks[:3] if isinstance(block, Paragraph) and _is_line(block)]
        told = [found for title in titles if (found := _PART_OF_YEAR.search(title))]
        # An opening sentence tells the month of the report only with its first word.
        opened = [block.text[:30] for block in document.blocks[:4] if isinstance(block, Paragraph)]
        told += [
            f
            for text in opened
            if (f := _PART_OF_YEAR.search(text)) and (_FIRST_WORDS.fullmatch(text[: f.start()]) or not f["until"])
        ]
        read.part_of_year = _part_of_year(told[0]) if told else ""
    return read


def _stated_period(document: Document) -> Period | None:
    first = [block for block in document.blocks[:6] if isinstance(block, Paragraph)]
    for paragraph in first:
        title = paragraph.text[:80]
        if len(paragraph.text) <= 60 and periods.REPORT_WORDS.search(title) and (period := periods.stated_in(title)):
            return period
        if _is_line(paragraph) and (part := _PART_OF_YEAR.search(title)) and (year := _first_year(document)):
            # 一季度工作简报: the year is the one that the text names first.
            return periods.stated_in(f"{year}年{_part_of_year(part)}") if _part_of_year(part) else None
    return None


def _is_line(paragraph: Paragraph) -> bool:
    """Whether it may be a title: short, and no sentence."""
    return len(paragraph.text) <= 60 and not paragraph.text.rstrip().endswith("。")


def _part_of_year(found: re.Match[str]) -> str:
    if found["until"]:
        if not 1 <= int(found["until"]) <= 12:
            return ""
        if not found["from"]:
            return f"{found['until']}月"
        return {"6": "上半年", "9": "前三季度", "3": "一季度"}.get(found["until"], f"1—{found['until']}月")
    return found[0] if "季度" in found[0] else "上半年"


def _first_year(document: Document) -> str:
    text = "".join(block.text[:400] for block in document.blocks[:8] if isinstance(block, Paragraph))
    found = re.search(r"(?<!\d)(20\d{2})年", text)
    return found[1] if found else ""


def _in_order(numbers: Sequence[Number]) -> list[Number]:
    return sorted(numbers, key=lambda n: (n.place.block, n.place.row or 0, n.place.column or 0, n.place.start))
