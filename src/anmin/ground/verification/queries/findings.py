"""Doubtful matches and findings, side by side with what was declared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from anmin.base.identity import mask_identity_number
from anmin.base.money import format_yuan
from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.carrying import steps_of
from anmin.ground.verification.effects import effect_of
from anmin.ground.verification.matching.vocabulary import FIELD_LABELS, FIELDS, LEVELS, SENTENCES
from anmin.ground.verification.models import Finding, FindingStep, Hit, Inquiry
from anmin.ground.verification.queries.scope import sees, within
from anmin.ground.verification.sealed import delivered
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import CLOSED, FindingState, Tier

_EARLIER = 5


def hits_in_queue(actor: Actor, *, source: str = "", text: str = "") -> QuerySet[Hit]:
    """The matches that somebody must look at, of people the actor may see, the oldest first; each record once, however often it
    was found.
    """
    again = Hit.objects.filter(
        person=OuterRef("person"), source=OuterRef("source"), record=OuterRef("record"), tier=Tier.QUEUE, pk__gt=OuterRef("pk")
    )
    waiting = Hit.objects.filter(within(actor, "person__area"), tier=Tier.QUEUE).exclude(~Q(record="") & Exists(again))
    return _narrowed(waiting, source, text).order_by("id")


def hits_looked_at(actor: Actor, *, source: str = "", text: str = "") -> QuerySet[Hit]:
    """The doubtful matches of which somebody has said whose they are, the latest first; each where they looked."""
    rows = Hit.objects.filter(within(actor, "person__area"), identified_on__isnull=False, carried_from=None)
    return _narrowed(rows, source, text).select_related("identified_by").order_by("-identified_on", "-id")


def _narrowed(hits: QuerySet[Hit], source: str, text: str) -> QuerySet[Hit]:
    rows = hits.select_related("person__area", "extract", "inquiry")
    if source:
        rows = rows.filter(source=source)
    if text := text.strip():
        rows = rows.filter(Q(person__name__contains=text) | Q(person__initials__startswith=text.lower()))
    return rows


def findings(
    actor: Actor, *, state: str = "", kind: str = "", area: str = "", text: str = "", inquiry: Inquiry | None = None
) -> QuerySet[Finding]:
    """The findings the actor may see, the oldest first; `state` may also be `waiting` (nobody has decided).

    One that a later inquiry took up is shown there alone; of an inquiry named, as it stands now.
    """
    rows = Finding.objects.filter(within(actor)).select_related(
        "person", "household", "area", "hit__extract", "against__extract", "inquiry"
    )
    if state == "waiting":
        rows = rows.exclude(state__in=CLOSED)
    else:
        rows = rows.filter(state=state) if state else rows.exclude(state=FindingState.CARRIED)
    if kind:
        rows = rows.filter(kind=kind)
    if area:
        rows = rows.filter(area__path__startswith=area)
    if inquiry is not None:
        taken_up = Finding.objects.filter(inquiry=inquiry, taken_up_by__isnull=False).order_by().values("taken_up_by")
        rows = rows.filter(Q(inquiry=inquiry) | Q(pk__in=taken_up))
    if text := text.strip():
        rows = rows.filter(
            Q(person__name__contains=text)
            | Q(person__initials__startswith=text.lower())
            | Q(household__number__istartswith=text)
            | Q(inquiry__number__istartswith=text)
        )
    return rows.order_by("id")


@dataclass(frozen=True)
class HitPage:
    """A match side by side: what we hold, what was delivered (numbers masked), and what agreed or differed, field by field."""

    hit: Hit
    delivered: list[tuple[str, str]]
    compared: list[tuple[str, str, int]]
    """Label of the field, sentence, points."""

    @property
    def source_label(self) -> str:
        return SOURCES[self.hit.source].label

    @property
    def tier_label(self) -> str:
        return str(Tier(self.hit.tier).label)


def hit(actor: Actor, hit_id: int) -> HitPage | None:
    """A match with its evidence; None for who may not see the person."""
    found = Hit.objects.filter(within(actor, "person__area"), pk=hit_id)
    one = found.select_related("person__area", "extract", "inquiry__area", "identified_by", "carried_from__inquiry").first()
    return _hit_page(one) if one is not None else None


def hit_pages(actor: Actor, rows: Iterable[Hit]) -> list[HitPage]:
    """These matches (of `hits_in_queue`) with their evidence, in their order, without those the actor may not see."""
    return [_hit_page(one) for one in rows if sees(actor, one.person.area.path)]


@dataclass(frozen=True)
class FindingPage:
    """A finding with both sides, the evidence of the match, what it would change, and what was done about it so far."""

    finding: Finding
    hit: HitPage
    against: HitPage | None
    steps: list[FindingStep]
    taken_up: list[str]
    """The numbers of the earlier inquiries that had found it already."""
    others: list[Finding]
    """Of the same kind about the same person on other occasions, decided or not, the latest first."""

    @property
    def effect(self) -> str:
        """What it would change, in a sentence; blank where no benefit depends on it or it cannot be said."""
        return effect_of(self.finding)


def finding(actor: Actor, finding_id: int) -> FindingPage | None:
    """A finding with everything about it; None for who may not see it. Five queries."""
    found = Finding.objects.filter(within(actor), pk=finding_id).select_related(
        "person__area", "household__area", "area", "inquiry__area"
    )
    of_sides = ("extract", "person__area", "identified_by", "carried_from__inquiry")
    sides = ["taken_up_by__inquiry", *(f"{side}__{of}" for side in ("hit", "against") for of in of_sides)]
    one = found.select_related(*sides).first()
    if one is None:
        return None
    return FindingPage(
        finding=one,
        hit=_hit_page(one.hit),
        against=_hit_page(one.against) if one.against is not None else None,
        steps=list(steps_of(one).select_related("taken_by", "document").prefetch_related("document__files")),
        taken_up=list(one.takes_up.order_by("id").values_list("inquiry__number", flat=True)),
        others=list(
            Finding.objects.filter(within(actor), person_id=one.person_id, kind=one.kind)
            .exclude(Q(pk=one.pk) | Q(state=FindingState.CARRIED))
            .select_related("inquiry")
            .order_by("-id")[:_EARLIER]
        ),
    )


def _hit_page(one: Hit) -> HitPage:
    compared = []
    for name in FIELDS:
        level, points = one.levels.get(name, [0, 0])
        compared.append((FIELD_LABELS[name], SENTENCES[name][LEVELS[name](level)], int(points)))
    return HitPage(hit=one, delivered=_shown(one.source, delivered(one.delivered_cipher)), compared=compared)


def _shown(source: str, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The delivered row in words, in the order of the source's fields; numbers of persons masked."""
    shown = []
    for each in SOURCES[source].columns:
        value = row.get(each.name)
        if value is None:
            continue
        if each.shape == "fen":
            text = f"{format_yuan(int(value))}元"
        elif each.shape == "identity" or each.name == "card_number":
            text = mask_identity_number(str(value))
        else:
            text = str(value)
        shown.append((each.label, text))
    return shown
