"""How often the arithmetic checker is right: each report of the corpus beside what is known to be wrong in it.

    python bench/checking/score.py [folder] [--misses] [--only NAME]

Not 0 where precision or recall is below its goal, or a report makes the checker stumble.
"""

import argparse
import re
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.files import read_document
from anmin.ground.reports.checking.texts import Document, Paragraph

CORPUS = Path(__file__).resolve().parent / "corpus"
PRECISION, RECALL = 0.95, 0.8

Span = tuple[int, int, int]
"""Block, first and last-but-one character; in a table the characters of a row, its cells joined."""


@dataclass
class Planted:
    """An error that somebody put there: found when a finding of an acceptable rule rests on a number inside the quotation."""

    quote: str
    rules: tuple[str, ...]
    severity: str
    why: str
    spans: tuple[Span, ...] = ()
    found_by: str = ""
    told: bool = False
    """Found, under whatever name."""

    @property
    def rule(self) -> str:
        """The rule it is counted under: the one that found it, or else the first that should have."""
        return self.found_by or self.rules[0]


@dataclass
class Outcome:
    """One report: what was planted, and the findings that nothing planted explains."""

    name: str
    planted: list[Planted]
    alarms: list[dict[str, Any]] = field(default_factory=list)
    asks: list[dict[str, Any]] = field(default_factory=list)
    roundings: int = 0
    knock_on: int = 0
    misnamed: int = 0
    """Alarms that rest on an error, under a name that was not foreseen."""
    stumbled: str = ""


def entries(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The reports of a folder, each with the YAML beside it."""
    for told in sorted(folder.glob("*.yaml")):
        [report] = [path for path in folder.glob(f"{told.stem}.*") if path.suffix != ".yaml" and path.stem == told.stem]
        yield report, yaml.safe_load(told.read_text("utf-8"))


def _rows(document: Document) -> list[list[str]]:
    """Per block its lines as printed: one of a paragraph, one a row of a table, cells joined."""
    return [[block.text] if isinstance(block, Paragraph) else ["|".join(row) for row in block.rows] for block in document.blocks]


def _flat(quote: str) -> str:
    """The quotation as the blocks are compared: without the marks of tables, web pages included, and the space around them."""
    quote = re.sub(r"</t[dh]>\s*<t[dh][^>]*>", "|", quote)
    quote = re.sub(r"</?t[rdh][^>]*>", "", quote)
    return re.sub(r"\s*\|\s*", "|", quote.strip().strip("|").strip())


def _spans(document: Document, quote: str) -> tuple[Span, ...]:
    """Where a quotation stands; offsets in a table are counted over its rows, one after the other."""
    wanted, found = _flat(quote), []
    for number, rows in enumerate(_rows(document)):
        before = 0
        for row in rows:
            at = row.find(wanted)
            if at >= 0:
                found.append((number, before + at, before + at + len(wanted)))
            before += len(row) + 1
    return tuple(found)


def quoted(document: Document, quote: str) -> bool:
    """Whether the document has these words."""
    return bool(_spans(document, quote))


def _place(document: Document, key: str) -> Span | None:
    """The place that the key of a number names: ``b12:34`` in a paragraph, ``b12:r3:c2`` in a table."""
    if found := re.fullmatch(r"b(\d+):r(\d+):c(\d+)(?::\d+)?", key):
        block, row, column = map(int, found.groups())
        cells = document.blocks[block].rows  # type: ignore[union-attr]  # such a key is a table's
        before = sum(len("|".join(line)) + 1 for line in cells[:row]) + sum(len(cell) + 1 for cell in cells[row][:column])
        return block, before, before + max(1, len(cells[row][column]))
    if found := re.fullmatch(r"b(\d+):(\d+)", key):
        block, at = map(int, found.groups())
        return block, at, at + 1
    return None


def _places(document: Document, finding: dict[str, Any]) -> list[Span]:
    """Where a finding stands: its numbers, or its quotation where it rests on none."""
    numbers = [place for key in finding["numbers"] if (place := _place(document, key))]
    return numbers or list(_spans(document, finding["quote"]))


def _meets(some: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for a in some for b in others)


def judge(report: Path, told: dict[str, Any]) -> Outcome:
    """One report checked, its findings laid beside what was planted."""
    planted = [
        Planted(entry["quote"], tuple(entry["rules"]), entry["severity"], entry["why"]) for entry in told.get("planted") or ()
    ]
    outcome = Outcome(report.name, planted)
    try:
        document = read_document(report, report.name)
        against = read_document(report.parent / told["against"], told["against"]) if "against" in told else None
        findings = check(document, against=against).as_json()["findings"]
    except Exception:
        outcome.stumbled = traceback.format_exc()
        return outcome
    for entry in planted:
        entry.spans = _spans(document, entry.quote)
        if not entry.spans:
            raise SystemExit(f"{report.name}: 读出的文本里没有这一句:{entry.quote}")
    left = []
    for finding in findings:
        places = _places(document, finding)
        loud = finding["severity"] != "ask"
        meets = [entry for entry in planted if _meets(places, entry.spans)]
        right = [entry for entry in meets if finding["rule"] in entry.rules and (loud or entry.severity == "ask")]
        for entry in right:
            entry.found_by, entry.told = entry.found_by or finding["rule"], True
        if not right:
            left.append((finding, meets))
    for finding, meets in left:
        if finding["severity"] == "ask" and finding["rounding"]:
            outcome.roundings += 1
        elif any(entry.found_by for entry in meets):
            outcome.knock_on += 1  # one wrong number shows in several relations: each is right to be named
        elif finding["severity"] == "ask":
            outcome.asks.append(finding)
        else:
            outcome.alarms.append(finding)
            outcome.misnamed += bool(meets)
            for entry in meets:
                entry.told = True
    return outcome


@dataclass(frozen=True)
class Score:
    """Counts and what follows from them; without anything counted a rate is 1."""

    planted: int
    found: int
    alarms: float

    @property
    def precision(self) -> float:
        return self.found / (self.found + self.alarms) if self.found + self.alarms else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def line(self, name: str) -> str:
        missed = self.planted - self.found
        rates = f"{self.precision:10.3f}{self.recall:8.3f}{self.f1:8.3f}"
        return f"{name:24}{self.planted:8}{self.found:7}{missed:8}{self.alarms:8g}{rates}"


def overall(outcomes: Sequence[Outcome], *, asks: bool = False) -> Score:
    """Errors and doubts; with `asks` also the questions, of which one that nothing planted explains is half an alarm."""
    planted = [entry for outcome in outcomes for entry in outcome.planted if asks or entry.severity != "ask"]
    alarms: float = sum(len(outcome.alarms) for outcome in outcomes)
    if asks:
        alarms += sum(len(outcome.asks) for outcome in outcomes) / 2
    return Score(len(planted), sum(bool(entry.found_by) for entry in planted), alarms)


def under_any_name(outcomes: Sequence[Outcome]) -> Score:
    """Errors and doubts, where it is enough that the place is told: a surplus is a rest to one and an account to another."""
    planted = [entry for outcome in outcomes for entry in outcome.planted if entry.severity != "ask"]
    alarms = sum(len(outcome.alarms) - outcome.misnamed for outcome in outcomes)
    return Score(len(planted), sum(entry.told for entry in planted), alarms)


def by_rule(outcomes: Sequence[Outcome]) -> dict[str, Score]:
    """Each rule's own score, questions counted like errors."""
    planted = Counter(entry.rule for outcome in outcomes for entry in outcome.planted)
    found = Counter(entry.rule for outcome in outcomes for entry in outcome.planted if entry.found_by)
    alarms = Counter(finding["rule"] for outcome in outcomes for finding in (*outcome.alarms, *outcome.asks))
    return {rule: Score(planted[rule], found[rule], alarms[rule]) for rule in sorted(planted | alarms)}


def _show(outcomes: Sequence[Outcome], *, misses: bool) -> None:
    print(f"{'rule':24}{'planted':>8}{'found':>7}{'missed':>8}{'alarms':>8}{'precision':>10}{'recall':>8}{'F1':>8}")
    for rule, score in by_rule(outcomes).items():
        print(score.line(rule))
    print()
    print(overall(outcomes).line("errors and doubts"))
    print(under_any_name(outcomes).line("under any name"))
    print(overall(outcomes, asks=True).line("with questions"))
    asks, roundings = sum(len(outcome.asks) for outcome in outcomes), sum(outcome.roundings for outcome in outcomes)
    quiet = [outcome for outcome in outcomes if not outcome.planted]
    print(
        f"\n{len(outcomes)} reports, {len(quiet)} of them wholly true, alarms in {sum(bool(o.alarms) for o in quiet)} of these; "
        f"questions about true statements {asks}, roundings said {roundings}"
    )
    for outcome in outcomes:
        if outcome.stumbled:
            print(f"\n{outcome.name} made the checker stumble:\n{outcome.stumbled}")
    if not misses:
        return
    for outcome in outcomes:
        for entry in outcome.planted:
            if not entry.found_by:
                print(f"\nMISSED {outcome.name} {'/'.join(entry.rules)} ({entry.severity})\n  {entry.quote}\n  {entry.why}")
        for kind, findings in (("ALARM", outcome.alarms), ("QUESTION", outcome.asks)):
            for finding in findings:
                print(f"\n{kind} {outcome.name}:{finding['line']} {finding['rule']} ({finding['severity']})")
                print(f"  {finding['quote']}\n  {finding['arithmetic']}")


def main() -> int:
    """The table is printed; 0 where the goals are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--misses", action="store_true", help="each miss and false alarm with its text")
    parser.add_argument("--only", default="", help="only reports whose name contains this")
    asked = parser.parse_args()
    outcomes = [judge(report, told) for report, told in entries(asked.folder) if asked.only in report.name]
    _show(outcomes, misses=asked.misses)
    whole = overall(outcomes)
    met = whole.precision >= PRECISION and whole.recall >= RECALL
    print(f"\ngoals: precision at least {PRECISION}, recall at least {RECALL}: {'met' if met else 'missed'}")
    return 0 if met and not any(outcome.stumbled for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
