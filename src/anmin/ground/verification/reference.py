"""The page about the sources, written from the declarations: whose each is, on what ground, and what each field follows."""

from collections.abc import Mapping
from datetime import date

from anmin.ground.policy.parameters import Parameters
from anmin.ground.verification.rules.income import SELF_PAID
from anmin.ground.verification.rules.persons import LEVELS, MARRIED, MOVED
from anmin.ground.verification.rules.property import LIVED_IN, NOT_COUNTED
from anmin.ground.verification.rules.records import ENDED
from anmin.ground.verification.sources import SOURCES, WHO, Field, Shape, Source

_HEAD = """# Sources of verification

<!-- Written by `anmin docs write`; a test says when it was forgotten. -->

The registers that are asked, as they are declared in `ground/verification/sources.py`: whose each is, on what legal basis,
what it proves, how old its newest delivery may be, and for every field the heading we expect, the other headings we know, and
what its values follow.

**MZ/T 073-2024** (居民家庭经济状况核对 数据元) should name these data elements. Its text was not to be had, only its foreword:
five classes, 34 subclasses, identifiers and 46 lists of codes, none of which we know. So none of its identifiers and codes is
used here, and nothing claims to conform to it. Each field follows a national standard where one is named below; everything else
is an assumption of ours, to be checked against what a department really delivers. Whoever has the standard puts its names beside
ours here and, where a department delivers by them, into the headings of the field.

*As written* means: the words of the department, kept and shown to people; no list of codes is assumed, and a code in their place
would be shown as it is and understood by no rule. Where a rule looks for words, they are named.
"""

_SHAPES: dict[Shape, str] = {
    "identity": "GB 11643 (18 digits, check digit by MOD 11-2), or the 15 digits before it; text, never a number",
    "date": "a day as GB/T 7408 writes it (2024-06-30, 20240630), or 2024/6/30, 2024年6月30日",
    "fen": "assumed: yuan with at most two decimals; kept in fen",
    "count": "assumed: a whole number",
    "text": "as written",
}


def _words(words: tuple[str, ...]) -> str:
    return f"assumed: words; rules look for {'、'.join(words)}"


_ENDED = f"{_words(ENDED)}, by which the record no longer counts"

_FOLLOWS: dict[tuple[str, str], str] = {
    ("", "name"): "as written; compared after folding of forms (see matching.md)",
    ("", "card_number"): "assumed: a disability card's number begins with the identity number; a social security number is one",
    ("", "birth_on"): "any usual way of writing a day; only compared",
    ("", "sex"): "GB/T 2261.1 (1, 2), or 男, 女",
    ("", "address"): "as written; the village is found by its name, no code of GB/T 2260 is assumed",
    ("household_register", "relation"): "as written; the codes of GB/T 4761 are not read",
    ("household_register", "state"): _words(MOVED),
    ("vehicles", "plate"): "as written (plates follow GA 36)",
    ("vehicles", "vehicle_kind"): f"{_words(NOT_COUNTED)}, which are not counted; codes are not read",
    ("vehicles", "state"): _ENDED,
    ("real_estate", "use"): f"{_words(LIVED_IN)}, or nothing, for a home; codes are not read",
    ("companies", "credit_code"): "as written (GB 32100); its check character is not looked at",
    ("companies", "state"): _ENDED,
    ("social_insurance", "employer"): f"{_words(SELF_PAID)}, whose base is no wage",
    ("social_insurance", "wage"): "assumed: yuan a month, at most two decimals; taken for the wage",
    ("pensions", "pension"): "assumed: yuan a month, at most two decimals",
    ("tax", "income"): "assumed: yuan for the months of 所属月数 together",
    ("tax", "months"): "assumed: a whole number; twelve where there is none",
    ("insurance", "premium"): "assumed: yuan a year, at most two decimals; shown only",
    ("marriages", "state"): f"GB/T 2261.2 (20 to 23 for married), or words; rules look for {'、'.join(MARRIED)}",
    ("disability_cards", "kind"): "the seven kinds of GB/T 26341 as words; shown only",
    ("disability_cards", "grade"): "GB/T 26341: 1 (gravest) to 4; 一级 and 1级 are read too",
    ("disability_cards", "state"): _ENDED,
    ("veterans", "amount"): "assumed: yuan a month, at most two decimals",
    ("school_rolls", "level"): f"{_words(tuple(LEVELS))}; the codes of GB/T 4658 are not read",
    ("school_rolls", "state"): _ENDED,
    ("fiscal_payroll", "wage"): "assumed: yuan a month, at most two decimals",
    ("other_assistance", "amount"): "assumed: yuan a month, at most two decimals",
}
"""By source (none for those of any) and field, what is not said by the shape alone."""


def page(book: Parameters) -> str:
    """docs/reference/sources.md, with the newest figures there are."""
    freshness = book.value("verification.extracts.freshness_days", on=date.max)
    assert isinstance(freshness, Mapping)  # a table by source
    sections = (_section(each, int(str(freshness[each.id]))) for each in SOURCES.values())
    return "".join((_HEAD, "\n## Of whom a row is, in every source\n\n", _table("", WHO), *sections))


def _section(source: Source, days: int) -> str:
    said = f"{source.department}; {source.basis}. Proves {source.proves}. Not searched when older than {days} days."
    return f"\n## {source.label} (`{source.id}`)\n\n{said}\n\n{_table(source.id, source.fields)}"


def _table(source: str, fields: tuple[Field, ...]) -> str:
    rows = "".join(f"| `{each.name}` | {each.label} | {'、'.join(each.aliases)} | {follows(source, each)} |\n" for each in fields)
    return f"| Field | Heading | Other headings | Follows |\n|---|---|---|---|\n{rows}"


def follows(source: str, each: Field) -> str:
    """The standard a field's values follow, or the assumption."""
    return _FOLLOWS.get((source, each.name), _SHAPES[each.shape])
