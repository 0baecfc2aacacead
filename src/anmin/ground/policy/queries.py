"""The policy book as it is read: figures of the law by date with their papers, and rules in words. Open to everybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.book import policy
from anmin.ground.policy.cards import Card, card_of
from anmin.ground.policy.parameters import Entry, Parameter, is_money, shown_value
from anmin.ground.policy.programmes import PROGRAMMES, RULE_SETS, code_labels, programme_of
from anmin.ground.policy.ruleset import LIFTED, Plan
from anmin.ground.policy.vocabulary import CONFIDENCE, ENTITIES, ISSUERS, PURPOSES


@dataclass(frozen=True)
class Row:
    """One dated value as it is read: in words, from when until when, on which paper."""

    entry: Entry
    shown: str
    parts: tuple[tuple[str, str], ...]
    valid_until: date | None
    in_force: bool

    @property
    def issuer(self) -> str:
        return ISSUERS[self.entry.issuer]

    @property
    def confidence(self) -> str:
        return CONFIDENCE[self.entry.confidence]


@dataclass(frozen=True)
class Figure:
    """One figure of the law with all its dated values, the latest first, and the one in force on the day asked about."""

    parameter: Parameter
    programme: str
    rows: tuple[Row, ...]

    @property
    def address(self) -> str:
        return self.parameter.address

    @property
    def label(self) -> str:
        return self.parameter.label

    @property
    def programme_label(self) -> str:
        return PROGRAMMES[self.programme]

    @property
    def purpose(self) -> str:
        return PURPOSES[self.parameter.purpose]

    @property
    def current(self) -> Row | None:
        """The value in force; None on a day before the first."""
        return next((row for row in self.rows if row.in_force), None)

    @property
    def steps(self) -> tuple[tuple[date, int], ...]:
        """The values over time, for a chart; empty for a table, a code, and what never changed."""
        found = tuple((row.entry.valid_from, row.entry.value) for row in reversed(self.rows) if isinstance(row.entry.value, int))
        return found if len(found) == len(self.rows) > 1 else ()

    @property
    def is_money(self) -> bool:
        return is_money(self.parameter.unit)


def figures(*, on: date, text: str = "", programme: str = "", purpose: str = "", confidence: str = "") -> list[Figure]:
    """The figures of the law as they stand on a day, by programme, purpose and address.

    `text` is looked for in the label, the document and the note; `confidence` is that of the value in force.
    """
    found = [_figure(parameter, on) for parameter in policy().values()]
    chosen = [
        each
        for each in found
        if (not programme or each.programme == programme)
        and (not purpose or each.parameter.purpose == purpose)
        and (not confidence or (each.current is not None and each.current.entry.confidence == confidence))
        and _says(each, text.strip())
    ]
    order = {address: place for place, address in enumerate(PROGRAMMES)}
    return sorted(chosen, key=lambda each: (order[each.programme], each.parameter.purpose, each.address))


def figure(address: str, *, on: date) -> Figure:
    """One figure of the law. Refuses an address that is not in the book."""
    return _figure(policy()[address], on)


@dataclass(frozen=True)
class Term:
    """What a rule needs: another rule, a figure of the law, or a recorded fact."""

    name: str
    label: str
    kind: str
    address: str = ""
    value: str = ""


@dataclass(frozen=True)
class RuleCard:
    """A rule in words, with where each of its inputs leads."""

    programme: str
    name: str
    card: Card
    terms: tuple[Term, ...]
    used_by: tuple[tuple[str, str], ...] = ()
    sentence: str = ""


def rules(programme: str, month: Month, *, text: str = "", level: str = "", findings: bool | None = None) -> list[RuleCard]:
    """The rules of a programme as they stand in a month, in the order in which they are reckoned.

    Refuses a month before the first value of a figure.
    """
    plan = RULE_SETS[programme].plan(month, policy())
    made = [_card(programme, each.name, plan) for each in plan.order if not each.name.endswith(LIFTED)]
    return [
        each
        for each in made
        if (not level or plan.rules.rules[each.name].entity == level)
        and (findings is None or bool(each.card.severity) == findings)
        and (not text.strip() or any(text.strip() in said for said in (each.card.label, each.card.source, each.card.formula)))
    ]


def rule(programme: str, name: str, month: Month) -> RuleCard:
    """One rule with what it is needed for. Refuses a rule that does not exist, or not yet in that month."""
    found = RULE_SETS[programme]
    plan = found.plan(month, policy())
    if name.endswith(LIFTED) or name not in {each.name for each in plan.order}:
        raise BadValue(f"{month.label}没有这条规则，请从规则列表中选择。")
    made = _card(programme, name, plan)
    users = tuple((each.name, each.label) for each in plan.order if name in plan.inputs(each) and not each.name.endswith(LIFTED))
    return replace(made, used_by=users)


def rules_with(address: str, month: Month) -> list[RuleCard]:
    """The rules that reckon with a figure of the law in a month; none where no rules read it, or before its first value."""
    programme = programme_of(address)
    if programme not in RULE_SETS:
        return []
    try:
        plan = RULE_SETS[programme].plan(month, policy())
    except BadValue:
        return []
    names = {name for name, given in plan.given.items() if given.entry.address == address}
    return [_card(programme, each.name, plan) for each in plan.order if names & set(plan.inputs(each))]


def programmes_with_rules() -> list[tuple[str, str]]:
    """The programmes that have rules, with their labels."""
    return [(address, found.label) for address, found in RULE_SETS.items()]


def levels() -> Mapping[str, str]:
    """The levels a rule may stand on, with their labels."""
    return ENTITIES


def _card(programme: str, name: str, plan: Plan) -> RuleCard:
    card = card_of(plan.rules, name, plan)
    terms = []
    for each, label in card.inputs:
        if each in plan.given:
            given = plan.given[each]
            value = given.entry.value[given.key] if given.key and isinstance(given.entry.value, Mapping) else given.entry.value
            words = shown(given.entry) if isinstance(value, Mapping) else _worded(given.entry, value)
            terms.append(Term(each, label, "parameter", given.entry.address, words))
        else:
            terms.append(Term(each, label, "rule" if each in plan.rules.rules else "fact"))
    return RuleCard(programme, name, card, tuple(terms), sentence=_sentence(card, plan))


def _sentence(card: Card, plan: Plan) -> str:
    """What a finding says, with the names of the values in place of their figures: 超过〔金融资产限额〕."""

    def named(match: re.Match[str]) -> str:
        return "〔当事人〕" if match[1] == "who" else f"〔{plan.rules.label_of(match[1], plan.given)}〕"

    return re.sub(r"\{(\w+)\}", named, card.sentence)


def _figure(parameter: Parameter, on: date) -> Figure:
    ends = [entry.valid_from - timedelta(days=1) for entry in parameter.entries[1:]]
    in_force = [entry for entry in parameter.entries if entry.valid_from <= on]
    rows = [
        Row(entry, shown(entry), _parts(entry), until, bool(in_force) and entry is in_force[-1])
        for entry, until in zip(parameter.entries, [*ends, None], strict=True)
    ]
    return Figure(parameter, programme_of(parameter.address), tuple(reversed(rows)))


def shown(entry: Entry) -> str:
    """A dated value in words: codes by what they mean, tables row by row."""
    if isinstance(entry.value, Mapping):
        return "；".join(f"{label} {value}" for label, value in _parts(entry))
    return _worded(entry, entry.value)


def shown_row(entry: Entry, key: str) -> str:
    """One row of a dated table in words."""
    assert isinstance(entry.value, Mapping)  # only a table has rows
    return _worded(entry, entry.value[key])


def _parts(entry: Entry) -> tuple[tuple[str, str], ...]:
    if not isinstance(entry.value, Mapping):
        return ()
    return tuple((entry.rows.get(key, key), _worded(entry, value)) for key, value in entry.value.items())


def _worded(entry: Entry, value: int | str) -> str:
    """A value with its unit; a code by what it means."""
    if isinstance(value, str):
        return code_labels(entry.address).get(value, value)
    return shown_value(value, entry.unit)


def _says(figure: Figure, text: str) -> bool:
    if not text:
        return True
    said = [figure.label, figure.parameter.note]
    for row in figure.rows:
        said += [str(row.entry.document), row.entry.note]
    return any(text in each for each in said)
