"""Why a line of a roll differs from what was paid for its month before: what was learned, published or decided in between.

Both sides are read as they were known when their rolls were made; what differs between them is the reason.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from anmin.base.clock import SHANGHAI
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.entitlements.vocabulary import EndReason
from anmin.ground.payments.models import RollLine, RollNotice
from anmin.ground.payments.vocabulary import LineKind, RollState
from anmin.ground.people.deaths import DEAD
from anmin.ground.people.facts import fact_words
from anmin.ground.people.models import Fact, HouseholdMember, Supporter
from anmin.ground.people.vocabulary import FACT_KINDS
from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.book import policy
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.ruleset import Given

_NOT_KNOWN = "未登记"
_ELSE = "与其相关的其他待遇或家庭情况有变化，可以按两次名册的生成日期分别查看“为什么是这个金额”。"


def causes(actor: Actor, line: RollLine) -> list[str]:
    """The sentences; none for a line that pays its own month for the first time, none for who may not see it."""
    if line.kind == LineKind.REGULAR and not line.already:
        return []
    if not RollLine.objects.filter(within(actor), pk=line.pk).exists():
        return []
    month = Month.parse(line.for_month)
    before = (
        RollLine.objects.filter(
            entitlement_id=line.entitlement_id,
            for_month=line.for_month,
            roll__state=RollState.APPROVED,
            roll__known_at__lt=line.roll.known_at,
        )
        .order_by("-roll__known_at")
        .select_related("roll")
        .first()
    )
    if before is None:
        return list(_never_paid(line, month))
    then, now = before.roll.known_at, line.roll.known_at
    found = [*_published(line, month, then, now), *_ended(line, month), *_learned(line, month, then, now)]
    return found or [_ELSE]


def _never_paid(line: RollLine, month: Month) -> Iterator[str]:
    """Granted later than it is due, or passed over when its month was rolled."""
    held = line.entitlement
    if Month.from_date(held.decided_on) > month or held.decided_on > month.first_day:
        yield f"{held.decided_on}审定给予，自{Month.from_date(held.valid_from).label}起计发，此前月份补发。"
    notices = RollNotice.objects.filter(entitlement=held, roll__month=line.for_month, roll__benefit=held.benefit)
    for notice in notices.order_by("id"):
        said = "；".join(str(each) for each in notice.reasons)
        yield f"{month.label}名册没有列入：{notice.get_kind_display()}{f'（{said}）' if said else ''}。"


def _published(line: RollLine, month: Month, then: datetime, now: datetime) -> Iterator[str]:
    """The figures of the law for the month that were published in between."""
    if line.entitlement.benefit not in DECIDED:
        return
    programme = DECIDED[line.entitlement.benefit]
    days = [at.astimezone(SHANGHAI).date() for at in (then, now)]
    before, after = ({each.entry.address: each.entry for each in _given(programme, month, day)} for day in days)
    for address, entry in after.items():
        old = before.get(address)
        if old is not None and old.value != entry.value:
            paper = f"{entry.document}，{entry.published}公布"
            yield f"“{entry.label}”自{entry.valid_from}起调整（{paper}）：{old.shown()} → {entry.shown()}。"


def _given(programme: Programme, month: Month, known_on: date) -> Iterable[Given]:
    return programme.rules.plan(month, policy(), known_on).given.values()


def _ended(line: RollLine, month: Month) -> Iterator[str]:
    """What is held no more in the month, wholly or by one of those covered."""
    held = line.entitlement
    if held.valid_until is not None and held.valid_until < month.first_day:
        yield f"待遇已于{held.valid_until}终止（{EndReason(held.end_reason).label}），{month.label}不应再发。"
        return
    shares = EntitlementMember.objects.filter(entitlement=held, valid_until__lt=month.first_day).select_related("person")
    for share in shares.order_by("id"):
        yield f"{share.person.name}自{share.valid_until}后不再保障（{EndReason(share.end_reason).label}）。"


def _learned(line: RollLine, month: Month, then: datetime, now: datetime) -> Iterator[str]:
    """Facts, members and supporters of the family for the month, as known then and as known now."""
    persons = HouseholdMember.objects.filter(household_id=line.entitlement.household_id).values("person_id")
    told = Fact.objects.filter(person_id__in=persons, kind=DEAD, recorded_at__gt=then, recorded_at__lte=now)
    dead = set()
    for fact in told.select_related("person").order_by("id"):
        dead.add(fact.person_id)
        yield f"{fact.person.name}于{fact.person.died_on}去世（{_day(fact.recorded_at)}记录，来源：{fact.source}）。"
    # With a death all else that was known of the person ends; that needs no sentence of its own.
    facts = Fact.objects.filter(person_id__in=persons).exclude(person_id__in=dead).select_related("person")
    yield from _changed(facts, month, then, now, _of_fact)
    members = HouseholdMember.objects.filter(household_id=line.entitlement.household_id).exclude(person_id__in=dead)
    yield from _changed(members.select_related("person"), month, then, now, _of_member)
    supporters = Supporter.objects.filter(dependant_id__in=persons).exclude(dependant_id__in=dead).select_related("obligor")
    yield from _changed(supporters, month, then, now, _of_supporter)


def _changed(rows: Any, month: Month, then: datetime, now: datetime, said: Any) -> Iterator[str]:
    """One sentence for each thing that is known otherwise at the second instant than at the first."""
    day = month.first_day
    valid = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    # What was known then and was superseded since, and what was recorded since: nothing else can differ.
    moved = Q(recorded_at__gt=then, recorded_at__lte=now) | Q(superseded_at__gt=then, superseded_at__lte=now)
    before: dict[Any, tuple[str, Any]] = {}
    after: dict[Any, tuple[str, Any]] = {}
    for row in rows.filter(valid, moved).order_by("id"):
        key, words = said(row)
        if row.recorded_at <= then:
            before[key] = (words, row)
        if row.recorded_at <= now and (row.superseded_at is None or row.superseded_at > now):
            after[key] = (words, row)
    yield from _sentences(before, after)


def _day(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m-%d}"


def _sentences(before: Mapping[Any, tuple[str, Any]], after: Mapping[Any, tuple[str, Any]]) -> Iterator[str]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if old is not None and new is not None and old[0] == new[0]:
            continue
        row: Any = (new or old or ("", None))[1]
        told = f"{_day(row.recorded_at)}记录" if new else f"{_day(row.superseded_at)}更正"
        source = getattr(row, "source", "")
        yield (
            f"{key[0]}的{key[1]}：{old[0] if old else _NOT_KNOWN} → {new[0] if new else _NOT_KNOWN}"
            f"（{told}{f'，来源：{source}' if source else ''}）。"
        )


def _of_fact(row: Fact) -> tuple[tuple[str, str], str]:
    kind = FACT_KINDS[row.kind]
    value = row.code if row.amount is None else row.amount
    return (row.person.name, kind.label), fact_words(kind, value)


def _of_member(row: HouseholdMember) -> tuple[tuple[str, str], str]:
    return (row.person.name, "共同生活"), "计入" if row.counted else "不计入"


def _of_supporter(row: Supporter) -> tuple[tuple[str, str], str]:
    income = row.household_income
    words = "收入未核对" if income is None else f"家庭月收入{format_yuan(income)}元，{row.household_size or '—'}人"
    return (row.obligor.name, "赡养、抚养、扶养能力"), words
