"""Whether the checker doubts what it believes: each number of a relation that holds is misprinted, and looked for.

python bench/checking/misprint.py [--share 0.2] [--misses]
"""

import argparse
import dataclasses
import random
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from score import CORPUS, entries

from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.files import read_document
from anmin.ground.reports.checking.findings import Number, Relation
from anmin.ground.reports.checking.texts import Document, Paragraph
from anmin.ground.reports.checking.vocabulary import Severity, State

SEED = 7
DIGITS_AT_LEAST = 3
NOT_DOUBTED = ("未超过总数", "不必列全")
"""Relations that hold within bounds only: of these one digit more or less is still true."""


def misprints(printed: str, seeded: random.Random) -> list[str]:
    """The figure with two neighbouring digits changed about, or with one digit a little larger or smaller."""
    places = [at for at, character in enumerate(printed) if character.isdigit()]
    made = []
    for one, two in pairwise(places):
        if printed[one] != printed[two] and not (one == places[0] and printed[two] == "0"):
            made.append(printed[:one] + printed[two] + printed[one + 1 : two] + printed[one] + printed[two + 1 :])
    for at in places[:-1]:
        digit = int(printed[at]) + seeded.choice((-2, -1, 1, 2, 3))
        if 0 < digit < 10:
            made.append(printed[:at] + str(digit) + printed[at + 1 :])
    return made


def believed(document: Document) -> Iterator[tuple[Number, Relation]]:
    """The numbers that stand in a relation that holds, and are not doubted already, each with the first such relation."""
    checked = check(document)
    doubted = {key for finding in checked.findings if finding.severity is not Severity.ASK for key in finding.numbers}
    holding: dict[str, Relation] = {}
    for relation in checked.relations:
        bounds = relation.rule == "repeated_figure" or any(word in relation.arithmetic for word in NOT_DOUBTED)
        if relation.state in (State.HOLDS, State.ROUNDING) and not bounds:
            for key in relation.numbers:
                holding.setdefault(key, relation)
    for number in checked.numbers:
        long = sum(map(str.isdigit, number.printed)) >= DIGITS_AT_LEAST
        if number.key in holding and number.key not in doubted and number.measured and not number.hedge and long:
            yield number, holding[number.key]


def misprinted(document: Document, number: Number, instead: str) -> Document | None:
    """The document with another figure in the place of a number of a paragraph."""
    block = document.blocks[number.place.block]
    if not isinstance(block, Paragraph) or block.text[number.place.start : number.place.end] != number.printed:
        return None
    text = block.text[: number.place.start] + instead + block.text[number.place.end :]
    blocks = list(document.blocks)
    blocks[number.place.block] = dataclasses.replace(block, text=text)
    return dataclasses.replace(document, blocks=tuple(blocks))


def main() -> None:
    """The share of misprints that are told, by rule."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="of the reports, so many")
    parser.add_argument("--misses", action="store_true", help="each misprint that is not told")
    asked = parser.parse_args()
    seeded = random.Random(SEED)
    tried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for report, _ in entries(CORPUS):
        if seeded.random() > asked.share:
            continue
        document = read_document(Path(report), report.name)
        for number, relation in list(believed(document)):
            choices = misprints(number.printed, seeded)
            changed = misprinted(document, number, instead := seeded.choice(choices)) if choices else None
            if changed is None:
                continue
            findings = check(changed).findings
            tried[relation.rule] += 1
            if any(number.key in finding.numbers for finding in findings if finding.severity is not Severity.ASK):
                told[relation.rule] += 1
            elif asked.misses:
                print(f"{report.name}:{number.place.line} {number.printed} → {instead}\n  {relation.arithmetic}")
    for rule, count in tried.most_common():
        print(f"{rule:24}{count:7}{told[rule]:7}{told[rule] / count:8.3f}")
    print(f"{'all':24}{tried.total():7}{told.total():7}{told.total() / max(tried.total(), 1):8.3f}")


if __name__ == "__main__":
    main()
