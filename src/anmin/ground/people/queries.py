"""Persons, households and everything known about them, within what the asker may see."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from anmin.base.errors import BadValue
from anmin.base.identity import normalise_identity_number
from anmin.base.names import match_key
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.people.facts import fact_words
from anmin.ground.people.models import Fact, Household, HouseholdMember, Person, Supporter
from anmin.ground.people.secrecy import blind_index
from anmin.ground.people.vocabulary import FACT_KINDS, FactKind

SHOWN_AT_MOST = 50

_LAST_FOUR = re.compile(r"(?P<name>\D*?)\s*(?P<tail>\d{3}[\dXx])")
_TAIL_ALONE = re.compile(r"\d{3}[\dXx]")
_LETTERS = re.compile(r"[A-Za-z]{2,30}")
_DIGITS = re.compile(r"[0-9-]{7,14}")
_LONG_NUMBER = re.compile(r"\d{15}|\d{17}[\dXx]")


def persons(actor: Actor) -> QuerySet[Person]:
    """The persons the actor may see, without what is encrypted."""
    seen = Person.objects.filter(within(actor)).select_related("area__parent")
    return seen.defer("identity_cipher", "bank_account_cipher")


def households(actor: Actor, on: date | None = None) -> QuerySet[Household]:
    """The households the actor may see; those open on a day, where one is given."""
    rows = (
        Household.objects.filter(within(actor))
        .select_related("area__parent", "head")
        .defer("head__identity_cipher", "head__bank_account_cipher")
    )
    if on is None:
        return rows
    return rows.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on), opened_on__lte=on)


@dataclass(frozen=True)
class Found:
    """What a search found, persons and households, and whether there is more than is shown."""

    persons: list[Person]
    households: list[Household]
    more: bool = False

    def __bool__(self) -> bool:
        return bool(self.persons or self.households)


def search(actor: Actor, text: str) -> Found:
    """Whoever the text means: a name or part of it, pinyin initials, an identity number (or its last four digits, with a
    name or without), a household number, a telephone number.

    Two queries. Nothing for less than two letters or one Chinese character.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if not text or (text.isascii() and len(text) < 2):
        return Found([], [])
    matching = _matching(text)
    people = list(persons(actor).filter(matching).order_by("name_key", "id")[: SHOWN_AT_MOST + 1]) if matching else []
    homes: list[Household] = []
    if re.fullmatch(r"[A-Za-z0-9-]{3,30}", text) and not _LONG_NUMBER.fullmatch(text):
        homes = list(households(actor).filter(number__istartswith=text).order_by("number")[: SHOWN_AT_MOST + 1])
    more = len(people) > SHOWN_AT_MOST or len(homes) > SHOWN_AT_MOST
    return Found(people[:SHOWN_AT_MOST], homes[:SHOWN_AT_MOST], more)


def _matching(text: str) -> Q | None:
    if _LONG_NUMBER.fullmatch(text):
        try:
            return Q(identity_index=blind_index(normalise_identity_number(text)))
        except BadValue:
            return None
    if _DIGITS.fullmatch(text):
        return Q(phone=text)
    if _TAIL_ALONE.fullmatch(text):
        return Q(identity_mask__endswith=text.upper())
    if (parts := _LAST_FOUR.fullmatch(text)) and (key := match_key(parts["name"])):
        return Q(name_key__startswith=key, identity_mask__endswith=parts["tail"].upper())
    if _LETTERS.fullmatch(text):
        # Latin names have a key of the same letters.
        return Q(initials__startswith=text.lower()) | Q(name_key__startswith=text.lower())
    key = match_key(text)
    return Q(name_key__contains=key) if key else None


def listed_persons(
    actor: Actor, *, text: str = "", town: str = "", hukou_kind: str = "", living: bool | None = None
) -> QuerySet[Person]:
    """The persons the actor may see whom the text means (as in `search`), in a town (by path), alive or not."""
    rows = persons(actor)
    if text := unicodedata.normalize("NFKC", text).strip():
        matching = _matching(text)
        rows = rows.none() if matching is None else rows.filter(matching)
    if town:
        rows = rows.filter(area__path__startswith=town)
    if hukou_kind:
        rows = rows.filter(hukou_kind=hukou_kind)
    return rows if living is None else rows.filter(died_on__isnull=living)


def listed_households(
    actor: Actor, on: date, *, text: str = "", town: str = "", opened: bool | None = None
) -> QuerySet[Household]:
    """The households the actor may see by number or head, in a town (by path), open on the day or closed before."""
    rows = households(actor, on if opened else None)
    if text := unicodedata.normalize("NFKC", text).strip():
        rows = rows.filter(
            Q(number__istartswith=text)
            | Q(head__initials__startswith=text.lower())
            | (Q(head__name_key__contains=key) if (key := match_key(text)) else Q(pk__in=[]))
        )
    if town:
        rows = rows.filter(area__path__startswith=town)
    return rows.filter(closed_on__lt=on) if opened is False else rows


def homes_of(actor: Actor, person_ids: Collection[int] | QuerySet[Any, Any], on: date) -> dict[int, HouseholdMember]:
    """By person, the membership that counts on a day, or else the one in the household lived in; one query."""
    rows = HouseholdMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        within(actor, "household__area"),
        person_id__in=person_ids,
        superseded_at__isnull=True,
        valid_from__lte=on,
    ).select_related("household")
    return {row.person_id: row for row in rows.order_by("counted", "-id")}


def sizes_of(actor: Actor, household_ids: Collection[int] | QuerySet[Any, Any], on: date) -> dict[int, tuple[int, int]]:
    """By household, how many members it has on a day and how many of them count; one query."""
    rows = HouseholdMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        within(actor, "household__area"),
        household_id__in=household_ids,
        superseded_at__isnull=True,
        valid_from__lte=on,
    )
    sizes = rows.order_by().values("household_id").annotate(all=Count("id"), together=Count("id", filter=Q(counted=True)))
    return {row["household_id"]: (row["all"], row["together"]) for row in sizes}


def fact(actor: Actor, fact_id: int) -> Fact | None:
    """One fact with its person, whether it still counts or not; None for who may not see the person."""
    return Fact.objects.filter(within(actor, "person__area"), pk=fact_id).select_related("person__area").first()


def member(actor: Actor, member_id: int) -> HouseholdMember | None:
    """One membership with its person and household; None for who may not see the household."""
    rows = HouseholdMember.objects.filter(within(actor, "household__area"), pk=member_id)
    return rows.select_related("person", "household__area").first()


def supporter(actor: Actor, supporter_id: int) -> Supporter | None:
    """One duty of support with its two persons; None for who may not see the one who is owed it."""
    rows = Supporter.objects.filter(within(actor, "dependant__area"), pk=supporter_id)
    return rows.select_related("dependant__area", "obligor").first()


@dataclass(frozen=True)
class KnownFact:
    """A fact as it is shown: kind and value in words, both times, the source; `history` are the rows it replaced."""

    kind: FactKind
    words: str
    row: Fact
    is_current: bool

    @property
    def valid_from(self) -> date:
        return self.row.valid_from

    @property
    def valid_until(self) -> date | None:
        return self.row.valid_until

    @property
    def recorded_at(self) -> datetime:
        return self.row.recorded_at

    @property
    def superseded_at(self) -> datetime | None:
        return self.row.superseded_at

    @property
    def source(self) -> str:
        return self.row.source


@dataclass(frozen=True)
class FactGroup:
    """The facts of one group on the page, such as income: in force on the day, and everything else ever recorded."""

    label: str
    in_force: list[KnownFact]
    history: list[KnownFact]


@dataclass(frozen=True)
class PersonPage:
    """Everything the register knows about one person (一人一档). The identity number stays masked."""

    person: Person
    on: date
    memberships: list[HouseholdMember]
    facts: list[FactGroup]
    supporters: list[Supporter]
    dependants: list[Supporter]

    @property
    def household(self) -> Household | None:
        """The household the person counts in on the day, or else the one lived in."""
        now = [each for each in self.memberships if _in_force(each, self.on)]
        now.sort(key=lambda each: not each.counted)
        return now[0].household if now else None


def person(actor: Actor, person_id: int, *, on: date | None = None) -> PersonPage | None:
    """The page of a person the actor may see, as of a day; None for everybody else. Five queries, however much is known.

    Memberships, supporters and dependants are the current ones of all times, the latest first; facts come with all their history.
    Of those whom the person owes support, the ones the actor may see: their need is told where they live.
    """
    found = persons(actor).filter(pk=person_id).first()
    if found is None:
        return None
    day = on or date.max
    memberships = (
        HouseholdMember.objects.filter(person_id=person_id, superseded_at__isnull=True)
        .select_related("household__area", "household__head")
        .order_by("-valid_from", "-id")
    )
    return PersonPage(
        person=found,
        on=day,
        memberships=list(memberships),
        facts=fact_groups(Fact.objects.filter(person_id=person_id).select_related("batch"), day),
        supporters=list(_duties().filter(dependant_id=person_id)),
        dependants=list(_duties().filter(within(actor, "dependant__area"), obligor_id=person_id)),
    )


def _duties() -> QuerySet[Supporter]:
    rows = Supporter.objects.filter(superseded_at__isnull=True).select_related("dependant__area", "obligor__area")
    return rows.order_by("-valid_from", "-id")


def fact_groups(rows: Iterable[Fact], on: date) -> list[FactGroup]:
    """The facts by group in the order of `vocabulary`; a day without an end stands for what holds until further notice."""
    groups: dict[str, FactGroup] = {}
    order = {name: place for place, name in enumerate(FACT_KINDS)}
    ordered = sorted(
        (row for row in rows if row.kind in order),
        key=lambda row: (order[row.kind], -row.valid_from.toordinal(), -row.pk),
    )
    for row in ordered:
        kind = FACT_KINDS[row.kind]
        group = groups.setdefault(kind.group, FactGroup(kind.group, [], []))
        known = KnownFact(kind, fact_words(kind, row.code if row.amount is None else row.amount), row, row.superseded_at is None)
        (group.in_force if known.is_current and _in_force(row, on) else group.history).append(known)
    return list(groups.values())


def _in_force(row: Fact | HouseholdMember | Supporter, on: date) -> bool:
    return row.valid_from <= on <= (row.valid_until or date.max)


@dataclass(frozen=True)
class MemberLine:
    """A member of a household on its page, with the facts in force on the day and those who owe them support."""

    member: HouseholdMember
    facts: list[FactGroup]
    supporters: list[Supporter]


@dataclass(frozen=True)
class HouseholdPage:
    """A household on a day: who is in it and what is known of them; and who was in it."""

    household: Household
    on: date
    members: list[MemberLine]
    former: list[HouseholdMember]

    @property
    def counted(self) -> int:
        """How many count as living together."""
        return sum(line.member.counted for line in self.members)


def household(actor: Actor, household_id: int, *, on: date | None = None) -> HouseholdPage | None:
    """The page of a household the actor may see, as of a day; None for everybody else. Four queries, however many members."""
    found = households(actor).filter(pk=household_id).first()
    if found is None:
        return None
    day = on or date.max
    rows = list(
        HouseholdMember.objects.filter(household_id=household_id, superseded_at__isnull=True)
        .select_related("person__area")
        .prefetch_related(
            Prefetch("person__facts", Fact.objects.filter(superseded_at__isnull=True), to_attr="known_facts"),
            Prefetch("person__supporters", _duties(), to_attr="known_supporters"),
        )
        .order_by("id")
    )
    present = [row for row in rows if _in_force(row, day)]
    present.sort(key=lambda row: (row.person_id != found.head_id, row.pk))
    return HouseholdPage(
        household=found,
        on=day,
        members=[
            MemberLine(
                row,
                fact_groups(row.person.known_facts, day),  # type: ignore[attr-defined]  # prefetched above
                [each for each in row.person.known_supporters if _in_force(each, day)],  # type: ignore[attr-defined]  # likewise
            )
            for row in present
        ],
        former=[row for row in rows if not _in_force(row, day)],
    )


def household_by_number(actor: Actor, number: str) -> Household | None:
    """The household with that number, if the actor may see it."""
    return households(actor).filter(number=number).first()


def person_by_identity_number(actor: Actor, identity_number: str) -> Person | None:
    """The person with that number, if the actor may see them. Refuses a number that cannot be."""
    return persons(actor).filter(identity_index=blind_index(normalise_identity_number(identity_number))).first()


def counted_members(actor: Actor, household: Household, on: date) -> list[Person]:
    """The persons counted as living together on a day, the head first."""
    rows = HouseholdMember.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=on),
        within(actor, "household__area"),
        household=household,
        superseded_at__isnull=True,
        counted=True,
        valid_from__lte=on,
    ).select_related("person")
    return [row.person for row in sorted(rows, key=lambda row: (row.person_id != household.head_id, row.pk))]
