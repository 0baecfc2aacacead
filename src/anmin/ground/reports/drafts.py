"""A report written from the records: sentences with figures put in, and what the check finds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anmin.base.errors import BadValue
from anmin.base.periods import Period
from anmin.ground.accounts.gate import Actor
from anmin.ground.documents.paper import Heading, Paper, Paragraph, Span
from anmin.ground.indicators import queries as indicators
from anmin.ground.indicators.declarations import INDICATORS
from anmin.ground.indicators.figures import Figure
from anmin.ground.indicators.vocabulary import NOTHING_RECORDED
from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Finding
from anmin.ground.reports.checking.texts import document_of
from anmin.ground.reports.checking.vocabulary import Severity
from anmin.ground.reports.comparison import days_of
from anmin.ground.reports.template import CLAUSES, Piece, Sentence, Template, TemplateHeading
from anmin.ground.reports.wording import printed

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Draft:
    """The report as it reads now: the paper, each figure once, what the check found wrong.

    `figures` also holds those a printed part belongs to; `left_out` says what was not written for want of records. Nothing with a
    finding may be issued; `doubts` are what the reader with the calculator would ask, and stand in nobody's way.
    """

    period: Period
    paper: Paper
    figures: Mapping[str, Figure]
    findings: tuple[str, ...]
    left_out: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return self.paper.title

    @property
    def text(self) -> str:
        """Headings and paragraphs as plain text, a line for each."""
        return plain_text(self.paper)


def plain_text(paper: Paper) -> str:
    """Title, headings and paragraphs of a paper, a line for each."""
    return "\n".join([paper.title, *(block.text for block in paper.blocks if isinstance(block, Heading | Paragraph))])


def figure_link(id: str, period: Period) -> str:
    """Where the rows behind a figure are shown."""
    return f"/figures/{id}?period={period}"


def _day_said(day: date) -> str:
    """6月底 for the last day of a month, else 6月15日."""
    month_over = (day + timedelta(days=1)).month != day.month
    return f"{day.month}月底" if month_over else f"{day.month}月{day.day}日"


def written(template: Template, actor: Actor, period: Period, names: Mapping[str, str], on: date | None = None) -> Draft:
    """The template filled in from the records the actor may see.

    `names` gives {county} and {authority}. Refuses: a period of another kind than the template is for.
    """
    if not isinstance(period, template.period):
        raise BadValue(f"这份报告模板不适用于{period.label}，请改选 2024H1 这样的期间。")
    printed_ids = template.figures
    wholes = [INDICATORS[id].part_of for id in printed_ids if INDICATORS[id].part_of]
    ids = tuple(dict.fromkeys([*printed_ids, *wholes]))
    figures = {figure.id: figure for figure in indicators.figures(actor, period, on=on, ids=ids)}
    day = next((figure.as_of for figure in figures.values()), period.last_day)
    year = f"{period.first_day.year}年"
    part = period.label.removeprefix(year) or year
    said = {"period": period.label, "part": part, "year": year, "as_of": _day_said(day), **names}
    writer = _Writer(figures, said, period)
    blocks: list[Heading | Paragraph] = []
    place = 0
    for block in template.blocks:
        if isinstance(block, TemplateHeading):
            place = 0
            blocks.append(Heading("".join(span.text for span in writer.spans(block.pieces)), block.level))
            continue
        sentences = [span for sentence in block.sentences for span in writer.sentence(sentence)]
        if not sentences:
            continue
        lead = "".join(span.text for span in writer.spans(block.lead))
        if lead:
            sentences.insert(0, Span(f"{NUMERALS[place]}是{lead}", bold=True))
            place += 1
        blocks.append(Paragraph(tuple(sentences)))
    title = "".join(span.text for span in writer.spans(template.title))
    paper = Paper(title, tuple(_with_something_below(blocks)))
    wrong, doubts = _arithmetic(paper, period)
    findings = [
        *_parts_within_wholes(figures),
        *_exclusive_parts(template, figures),
        *_balances(actor, period, figures, on),
        *wrong,
    ]
    return Draft(period, paper, figures, tuple(findings), tuple(writer.left_out), tuple(doubts))


def _with_something_below(blocks: Sequence[Heading | Paragraph]) -> list[Heading | Paragraph]:
    """The blocks without headings below which nothing was written."""
    kept: list[Heading | Paragraph] = []
    # Read from the end: the level of the heading that follows; none follows a paragraph, every heading is ended by the end.
    follows: int | None = 0
    for block in reversed(blocks):
        if isinstance(block, Paragraph):
            follows = None
        elif follows is not None and block.level >= follows:
            continue
        else:
            follows = block.level
        kept.append(block)
    return kept[::-1]


class _Writer:
    """Puts figures into pieces, and remembers what had to be left out."""

    def __init__(self, figures: Mapping[str, Figure], names: Mapping[str, str], period: Period) -> None:
        self.figures = figures
        self.names = names
        self.period = period
        self.left_out: list[str] = []

    def sentence(self, sentence: Sentence) -> list[Span]:
        """The sentence in spans; nothing, or a sentence that says so, when a figure that is not optional is unknown."""
        unknown = self.unknown(piece for piece in sentence.pieces if not piece.optional)
        if unknown:
            labels = "、".join(dict.fromkeys(unknown))
            self.left_out.append(f"{labels}{NOTHING_RECORDED}")
            return [Span(f"{labels}尚无数据。")] if sentence.unknown == "say" else []
        clauses = [clause for clause in sentence.clauses if self.counts(clause)]
        if sentence.clauses and not clauses:
            return []
        spans: list[Span] = []
        missing = {piece.optional for piece in sentence.pieces if piece.optional and self.unknown([piece])}
        for piece in sentence.pieces:
            if piece.optional in missing and piece.optional:
                continue
            if piece.name == CLAUSES:
                for place, clause in enumerate(clauses):
                    spans.extend([Span("，")] if place else [])
                    spans.extend(self.spans(clause))
            else:
                spans.extend(self.spans([piece]))
        return spans

    def spans(self, pieces: Sequence[Piece]) -> list[Span]:
        return [self.span(piece) for piece in pieces]

    def span(self, piece: Piece) -> Span:
        if piece.figure:
            words = printed(self.figures[piece.figure], piece.form)
            assert words is not None  # unknown ones were sorted out before
            return Span(words, link=figure_link(piece.figure, self.period))
        return Span(self.names[piece.name] if piece.name else piece.text)

    def unknown(self, pieces: Iterable[Piece]) -> list[str]:
        """What the figures that have no words are called; a change is missing when only last year's value is."""
        return [
            figure.label + ("上年同期" if piece.form.change and figure.value is not None else "")
            for piece in pieces
            if piece.figure and printed(figure := self.figures[piece.figure], piece.form) is None
        ]

    def counts(self, clause: Sequence[Piece]) -> bool:
        """Whether the clause has something to tell: its figure is known and not zero."""
        return all(bool(self.figures[piece.figure].value) for piece in clause if piece.figure)


def _arithmetic(paper: Paper, period: Period) -> tuple[list[str], list[str]]:
    """What the check of any text finds in this one: what is wrong, and what it would ask about."""
    checked = check(document_of(plain_text(paper), paper.title), period=days_of(period))
    found = [each for each in checked.findings if not each.is_only_rounding]
    return (
        [_told(each) for each in found if each.severity is Severity.ERROR],
        [_told(each) for each in found if each.severity is not Severity.ERROR],
    )


def _told(finding: Finding) -> str:
    said = f"“{finding.quotation}”：{finding.arithmetic}".rstrip("。")
    return f"{said}。{finding.proposal}" if finding.proposal else f"{said}。"


def _parts_within_wholes(figures: Mapping[str, Figure]) -> list[str]:
    found = []
    for figure in figures.values():
        whole = figures.get(figure.indicator.part_of)
        if whole is None or figure.value is None or whole.value is None or figure.value <= whole.value:
            continue
        found.append(f"“{figure.label}”（{figure.shown}）大于“{whole.label}”（{whole.shown}）。")
    return found


def _exclusive_parts(template: Template, figures: Mapping[str, Figure]) -> list[str]:
    found = []
    for sentence in template.sentences:
        if not sentence.exclusive:
            continue
        for whole_id in dict.fromkeys(figures[id].indicator.part_of for id in sentence.figures if figures[id].indicator.part_of):
            parts = [figures[id] for id in dict.fromkeys(sentence.figures) if figures[id].indicator.part_of == whole_id]
            total, whole = sum(part.value or 0 for part in parts), figures[whole_id]
            if whole.value is not None and total > whole.value:
                found.append(f"“{whole.label}”各分项之和（{whole.indicator.shown(total)}）大于总数（{whole.shown}）。")
    return found


def _balances(actor: Actor, period: Period, figures: Mapping[str, Figure], on: date | None) -> list[str]:
    return [
        f"{check.sentence}。"
        for check in indicators.balances(actor, period, on=on)
        if not check.holds and {check.balance.stock, check.balance.entries, check.balance.exits} & set(figures)
    ]
