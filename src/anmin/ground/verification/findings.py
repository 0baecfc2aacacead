"""Hits become findings: the records of everybody found, beside what was declared, and what each would change.

A fixed number of questions, however many people: hits, people, facts, spouses, supporters; amounts are reckoned together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from anmin.ground.people.columns import CODES
from anmin.ground.people.models import Fact, HouseholdMember, Supporter
from anmin.ground.people.vocabulary import Relation
from anmin.ground.policy.book import policy
from anmin.ground.verification.carrying import take_up
from anmin.ground.verification.declarations import Supposed, amounts
from anmin.ground.verification.models import Finding, Hit, Inquiry, InquiryPerson
from anmin.ground.verification.rules import findings_of
from anmin.ground.verification.rules.property import dwellings
from anmin.ground.verification.rules.records import Declared, Found, Limits, Record
from anmin.ground.verification.sameness import Mark, mark_of
from anmin.ground.verification.sealed import delivered
from anmin.ground.verification.vocabulary import Capacity, Occasion, Tier

SETTLED = (Tier.NUMBER_AND_NAME, Tier.SCORED)
"""A match that somebody must still look at says nothing yet."""
_AT_ONCE = 500


def limits(on: date) -> Limits:
    """The thresholds in force on a day."""
    book, at = policy(), "verification.findings."
    tolerance = book.value(at + "tolerance", on=on)
    homes, apart = book.value(at + "homes_for_living", on=on), book.value(at + "wages_apart", on=on)
    assert isinstance(tolerance, Mapping)  # a table of income and assets
    return Limits(int(str(tolerance["income"])), int(str(tolerance["assets"])), int(str(homes)), int(str(apart)))


def find(programmes: Mapping[int, str], *, on: date, persons: frozenset[int] | None = None) -> list[Finding]:
    """The findings of these inquiries that are not kept yet are kept; `programmes` says of each what its people apply for.

    With `persons` only the families that these were asked about in are looked at. Nothing is decided by findings.
    Ten queries for up to five hundred inquiries, and those of reckoning the amounts.
    """
    made: list[Finding] = []
    ids = sorted(programmes)
    for start in range(0, len(ids), _AT_ONCE):
        made += _find({inquiry: programmes[inquiry] for inquiry in ids[start : start + _AT_ONCE]}, on, persons)
    return made


def _find(programmes: Mapping[int, str], on: date, persons: frozenset[int] | None) -> list[Finding]:
    known = _Known(list(programmes), on, persons)
    thresholds = limits(on)
    before = _before(programmes)
    made: list[Finding] = []
    asked: dict[str, list[tuple[Finding, Supposed]]] = defaultdict(list)
    for who in known.people:
        records = known.records.get((who.inquiry, who.person), ())
        if not records:
            continue
        for found in findings_of(known.declared(who), records, thresholds):
            if (who.inquiry, who.person, who.household, found.kind, found.found) in before:
                continue
            finding = _finding(who, found)
            made.append(finding)
            if found.fact is not None and who.household is not None:
                kind, value, _ = found.fact
                asked[programmes[who.inquiry]].append((finding, Supposed(who.household, who.person, kind, value)))
    for programme, pairs in asked.items():
        reckoned = amounts([supposed for _, supposed in pairs], on, programme)
        for (finding, _), (declared, supposed) in zip(pairs, reckoned, strict=True):
            finding.amount_before, finding.amount_after = declared, supposed
    kept = Finding.objects.bulk_create(made, batch_size=_AT_ONCE)
    take_up(kept, on)
    return kept


def _before(programmes: Mapping[int, str]) -> set[tuple[Any, ...]]:
    """What stands already: inquiry, person, household, kind, words. What one watch has said, the next does not say again."""
    columns = ("person_id", "household_id", "kind", "found")
    mine = Finding.objects.filter(inquiry_id__in=list(programmes)).values_list("inquiry_id", *columns)
    watches = Inquiry.objects.filter(pk__in=list(programmes), occasion=Occasion.WATCH).values_list("pk", flat=True)
    said = Finding.objects.filter(inquiry__occasion=Occasion.WATCH).values_list(*columns) if watches else []
    return {*mine, *((watch, *row) for watch in watches for row in said)}


def _newest(records: list[Record], extracts: Mapping[int, int]) -> list[Record]:
    """Without those that a newer delivery holds again: a balance counts once, as it was last told.

    Where several cannot be told apart (two accounts at one bank), only as many of the older go as the newer delivery holds.
    """
    if len({extracts[each.hit_id] for each in records}) == len({each.source for each in records}):
        return records  # one delivery of each source
    told: dict[tuple[str, Mark], dict[tuple[date, int], list[Record]]] = defaultdict(lambda: defaultdict(list))
    for each in records:
        told[each.source, mark_of(each.source, each.row)][each.as_of, extracts[each.hit_id]].append(each)
    kept: set[int] = set()
    for deliveries in told.values():
        of_mark: list[Record] = []
        for delivery in sorted(deliveries, reverse=True):
            of_mark += deliveries[delivery][len(of_mark) :]
        kept.update(each.hit_id for each in of_mark)
    return [each for each in records if each.hit_id in kept]


@dataclass(frozen=True)
class _Who:
    inquiry: int
    person: int
    household: int | None
    capacity: Capacity
    name: str
    died_on: date | None
    area: int


class _Known:
    """What is on record about everybody in some inquiries, or about some of them and their families, read once."""

    def __init__(self, inquiries: Sequence[int], on: date, persons: frozenset[int] | None = None) -> None:
        self._inquiries, self._on = inquiries, on
        self._whose = Q()
        columns = ("inquiry_id", "person_id", "household_id", "capacity", "person__name", "person__died_on")
        areas = ("household__area_id", "person__area_id")
        asked = InquiryPerson.objects.filter(inquiry_id__in=inquiries)
        if persons is not None:
            homes = asked.filter(person_id__in=persons).order_by().values("household_id")
            asked = asked.filter(Q(person_id__in=persons) | Q(household_id__in=homes))
            self._whose = Q(person_id__in=asked.order_by().values("person_id"))
        self.people = [
            _Who(inquiry, whom, household, Capacity(capacity), name, died_on, home or place)
            for inquiry, whom, household, capacity, name, died_on, home, place in (
                asked.order_by("id").values_list(*columns, *areas)
            )
        ]
        self.records = self._records()
        self._facts = self._in_force(Q(Exists(self._hits(OuterRef("person")))))
        self._names: dict[tuple[int, int | None], set[str]] = defaultdict(set)
        self._members: dict[tuple[int, int | None], list[int]] = defaultdict(list)
        for who in self.people:
            self._names[who.inquiry, who.household].add(who.name)
            if who.capacity != Capacity.SUPPORTER:
                self._members[who.inquiry, who.household].append(who.person)
        self._spouses = self._married()
        self._incomes = self._of_supporters()
        self._owned = self._homes_found()
        self._homes = self._homes_declared()

    def declared(self, who: _Who) -> Declared:
        """What one person declared, as member of the household they are asked about in."""
        home = (who.inquiry, who.household)
        return Declared(
            person_id=who.person,
            household_id=who.household,
            capacity=who.capacity,
            died_on=who.died_on,
            facts=self._facts.get(who.person, {}),
            spouse_names=frozenset(self._spouses.get((who.household, who.person), ())),
            family_names=frozenset(self._names[home] - {who.name}),
            homes_declared=sum(self._homes.get(each, 0) for each in self._members[home]) if home in self._owned else 0,
            homes_found=len(self._owned.get(home, ())),
            supporter_income=self._incomes.get(who.person),
        )

    def _hits(self, person: Any) -> Any:
        return Hit.objects.filter(self._whose, inquiry_id__in=self._inquiries, tier__in=SETTLED, person=person)

    def _records(self) -> dict[tuple[int, int], list[Record]]:
        made: dict[tuple[int, int], list[Record]] = defaultdict(list)
        extracts: dict[int, int] = {}
        rows = Hit.objects.filter(self._whose, inquiry_id__in=self._inquiries, tier__in=SETTLED).order_by("id")
        columns = ("id", "inquiry_id", "person_id", "source", "extract_id", "extract__as_of", "delivered_cipher")
        for pk, inquiry, person, source, extract, as_of, cipher in rows.values_list(*columns).iterator(chunk_size=2_000):
            made[inquiry, person].append(Record(pk, source, as_of, delivered(cipher)))
            extracts[pk] = extract
        return {whose: _newest(records, extracts) for whose, records in made.items()}

    def _in_force(self, whose: Q) -> dict[int, dict[str, int | str]]:
        lasts = Q(valid_until__isnull=True) | Q(valid_until__gte=self._on)
        rows = Fact.objects.filter(whose, lasts, superseded_at__isnull=True, valid_from__lte=self._on)
        made: dict[int, dict[str, int | str]] = defaultdict(dict)
        for person, kind, amount, code in rows.order_by("id").values_list("person_id", "kind", "amount", "code"):
            made[person][kind] = str(code) if amount is None else amount
        return made

    def _married(self) -> dict[tuple[int | None, int], set[str]]:
        couples: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
        for some in self._chunks(self._with("marriages")):
            rows = HouseholdMember.objects.filter(
                Q(valid_until__isnull=True) | Q(valid_until__gte=self._on),
                household_id__in=some,
                superseded_at__isnull=True,
                valid_from__lte=self._on,
                relation__in=(Relation.HEAD, Relation.SPOUSE),
            ).values_list("household_id", "person_id", "relation", "person__name")
            for household, person, relation, name in rows.order_by("id"):
                couples[household].append((person, relation, name))
        return {
            (household, person): {name for _, other, name in pair if other != relation}
            for household, pair in couples.items()
            for person, relation, _ in pair
        }

    def _of_supporters(self) -> dict[int, int]:
        rows = Supporter.objects.filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=self._on),
            Exists(self._hits(OuterRef("obligor"))),
            superseded_at__isnull=True,
            valid_from__lte=self._on,
            household_income__isnull=False,
        ).values_list("obligor_id", "household_income")
        made: dict[int, int] = {}
        for obligor, income in rows.order_by("id"):
            made[obligor] = max(int(income or 0), made.get(obligor, 0))
        return made

    def _with(self, source: str) -> set[int]:
        """The households in which somebody has a record of a source."""
        return {
            who.household
            for who in self.people
            if who.household is not None
            and any(each.source == source for each in self.records.get((who.inquiry, who.person), ()))
        }

    def _chunks(self, ids: Iterable[int]) -> Iterator[list[int]]:
        ordered = sorted(ids)
        return (ordered[start : start + _AT_ONCE] for start in range(0, len(ordered), _AT_ONCE))

    def _homes_declared(self) -> dict[int, int]:
        """By person, how many homes they declared, of the families in whose names homes were found."""
        whom = {person for home in self._owned for person in self._members[home]}
        made: dict[int, int] = {}
        for some in self._chunks(whom):
            for person, known in self._in_force(Q(person_id__in=some, kind="assets.homes")).items():
                made[person] = int(known["assets.homes"])
        return made

    def _homes_found(self) -> dict[tuple[int, int | None], set[str]]:
        made: dict[tuple[int, int | None], set[str]] = defaultdict(set)
        for home, members in self._members.items():
            for person in members:
                for each in dwellings(self.records.get((home[0], person), ())):
                    made[home].add(each.text("certificate") or each.text("location") or str(each.hit_id))
        return made


def _finding(who: _Who, found: Found) -> Finding:
    kind, value, since = found.fact if found.fact is not None else ("", None, None)
    return Finding(
        inquiry_id=who.inquiry,
        person_id=who.person,
        household_id=who.household,
        kind=found.kind,
        hit_id=found.hit_id,
        against_id=found.against_id,
        declared=found.declared,
        found=found.found,
        fact_kind=kind,
        fact_value=CODES[kind][value] if isinstance(value, str) else value,
        fact_from=since,
        area_id=who.area,
    )


def numbers_of(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each kind, for a line in the log."""
    counted: dict[str, int] = defaultdict(int)
    for finding in findings:
        counted[finding.kind] += 1
    return dict(sorted(counted.items()))
