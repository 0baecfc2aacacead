"""One decision about many: proposed as a list with what the rules say of each, looked through, decided by somebody else."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.documents.numbers import next_plain_number
from anmin.ground.entitlements.benefits import BENEFITS, exclusive_of
from anmin.ground.entitlements.claims import Claims, Loaded, load, no_grace
from anmin.ground.entitlements.edges import end_reason, first_day, last_day, said_in_chinese
from anmin.ground.entitlements.models import Entitlement, EntitlementMember, GroupDecision, GroupLine
from anmin.ground.entitlements.numbering import next_numbers
from anmin.ground.entitlements.permissions import may_change_group, may_decide_group, may_propose_group
from anmin.ground.entitlements.reckoning import NOT_IN_FAMILY, missing_of
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, GroupKind, GroupState, StartReason
from anmin.ground.imports.models import ImportBatch
from anmin.ground.policy.assessing import Assessed, assess
from anmin.ground.policy.book import policy
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.vocabulary import OUTCOMES

_AT_ONCE = 1_000


@dataclass(frozen=True)
class Proposed:
    """One person on a list; ids of records already loaded. `edge` is the first day due, or the last one."""

    person_id: int
    household_id: int
    payee_id: int
    area_id: int
    edge: date
    end_reason: str = ""
    entitlement_id: int | None = None


@action("group.proposed", permission=may_propose_group)
def propose_group(
    *,
    benefit: str,
    kind: GroupKind | str,
    title: str,
    basis: str,
    area: Area,
    lines: Sequence[Proposed],
    batch: ImportBatch | None = None,
    actor: Actor,
    on: date,
) -> GroupDecision:
    """The list is laid before whoever decides, with what the rules say of each for their first month; set-wise.

    Refuses: an empty list, no title or basis, an edge within a month, somebody twice, a grant to who holds the benefit already,
    a stop for who does not hold it or without a reason.
    """
    declared, kind = BENEFITS[benefit], GroupKind(kind)
    if not lines:
        raise BadValue("名单是空的，请至少列入一人。")
    if not title.strip() or not basis.strip():
        raise BadValue("请写明批量名单的名称和依据。")
    if len({line.person_id for line in lines}) < len(lines):
        raise BadValue("名单中有人重复，请每人只保留一行。")
    group = GroupDecision(
        number=next_plain_number("PL", year=on.year),
        benefit=benefit,
        kind=kind,
        title=title.strip(),
        basis=basis.strip(),
        area=area,
        batch=batch,
        proposed_by_id=actor.id,
        proposed_on=on,
    )
    group.save(force_insert=True)
    made = [_granted(group, line) for line in lines] if kind == GroupKind.GRANT else [_stopped(group, line) for line in lines]
    if kind == GroupKind.GRANT:
        _refuse_holders(declared.label, benefit, lines)
        _assess(benefit, next(iter(declared.routes)), made)
    GroupLine.objects.bulk_create(made, batch_size=_AT_ONCE)
    remark(f"{declared.label}：提出{kind.label}名单 {group.number}，{len(made)} 人", basis=basis)
    return group


def _granted(group: GroupDecision, line: Proposed) -> GroupLine:
    first_day(line.edge, "起始日期")
    return GroupLine(
        group=group,
        person_id=line.person_id,
        household_id=line.household_id,
        payee_id=line.payee_id,
        area_id=line.area_id,
        edge=line.edge,
    )


def _stopped(group: GroupDecision, line: Proposed) -> GroupLine:
    last_day(line.edge, "最后发放日期")
    if line.entitlement_id is None:
        raise BadValue("停发名单中有人没有正在享受的待遇，请检查。")
    return GroupLine(
        group=group,
        person_id=line.person_id,
        household_id=line.household_id,
        payee_id=line.payee_id,
        area_id=line.area_id,
        edge=line.edge,
        end_reason=end_reason(line.end_reason),
        entitlement_id=line.entitlement_id,
    )


def _refuse_holders(label: str, benefit: str, lines: Sequence[Proposed]) -> None:
    asked = {line.person_id: line.edge for line in lines}
    for some in _in_pieces(list(asked)):
        shares = EntitlementMember.objects.filter(benefit=benefit, person_id__in=some)
        for share in shares.select_related("person"):
            if share.valid_until is None or share.valid_until >= asked[share.person_id]:
                raise BadValue(f"{share.person.name}已在享{label}，请从名单中去掉。")


def _assess(benefit: str, route: str, lines: Sequence[GroupLine]) -> None:
    """Each line gets what the rules say of it in its first month."""
    missing: dict[Month, dict[int, list[str]]] = {}
    for line, loaded, found, place in _said(benefit, route, lines):
        row = int(loaded.unit_rows[place])
        outcome = list(OUTCOMES)[int(found.outcome[row])] if row >= 0 else "undetermined"
        line.outcome = outcome
        line.amount = int(found.amount[row]) if outcome == "eligible" else None
        if outcome == "undetermined":
            if found.month not in missing:
                missing[found.month] = missing_of(found, loaded)
            line.missing = "；".join(missing[found.month].get(place, [NOT_IN_FAMILY]))[:300]


def _said(benefit: str, route: str, lines: Sequence[GroupLine]) -> Iterator[tuple[GroupLine, Loaded, Assessed, int]]:
    """For each line, what the rules say of its first month, and its place among that month's claims; a run for each month."""
    programme = DECIDED[benefit]
    by_month: defaultdict[Month, list[GroupLine]] = defaultdict(list)
    for line in lines:
        by_month[Month.from_date(line.edge)].append(line)
    for month, some in by_month.items():
        # Of a family nobody in particular claims.
        claimants = [(place, line.person_id) for place, line in enumerate(some)] if programme.unit == "person" else []
        households = np.array([line.household_id for line in some], dtype=np.int64)
        claims = Claims(households, [route] * len(some), claimants, no_grace(len(some)))
        loaded = load(programme, claims, month, None)
        found = assess(programme, loaded.batch, month, policy())
        for place, line in enumerate(some):
            yield line, loaded, found, place


def _routes(benefit: str, lines: Sequence[GroupLine]) -> dict[int, str]:
    """By which route each person gets a benefit that has several: the one the rules name, the first where they name none."""
    declared, codes = BENEFITS[benefit].routes, DECIDED[benefit].routes
    first = next(iter(declared))
    if len(declared) == 1 or codes is None:
        return {line.person_id: first for line in lines}
    named = {
        line.person_id: codes.name(int(found.route[loaded.unit_rows[place]]))
        for line, loaded, found, place in _said(benefit, first, lines)
        if loaded.unit_rows[place] >= 0
    }
    return {line.person_id: route if (route := named.get(line.person_id, "")) in declared else first for line in lines}


@action("group.line_left_out", permission=may_change_group)
def leave_out(*, group: GroupDecision, line: GroupLine, reason: str, actor: Actor, on: date) -> GroupLine:
    """The person stays on the list and nothing is decided of them. Refuses: no reason, a group already decided."""
    _refuse_decided(group)
    if line.group_id != group.pk:
        raise BadValue("这一行不在该名单中。")
    if not reason.strip():
        raise BadValue("请写明不列入的原因。")
    line.left_out = reason.strip()
    line.save(update_fields=["left_out"])
    remark(f"{group.number} 中不列入{line.person.name}：{reason}")
    return line


@action("group.withdrawn", permission=may_change_group)
def withdraw_group(*, group: GroupDecision, reason: str, actor: Actor, on: date) -> GroupDecision:
    """Nothing is decided of anybody on the list. Refuses: no reason, a group already decided."""
    _refuse_decided(group)
    if not reason.strip():
        raise BadValue("请写明撤回的原因。")
    group.state = GroupState.WITHDRAWN
    group.save(update_fields=["state"])
    remark(f"撤回批量名单 {group.number}：{reason}")
    return group


@action("group.decided", permission=may_decide_group)
def decide_group(*, group: GroupDecision, actor: Actor, on: date) -> GroupDecision:
    """Everybody on the list whom the rules carry gets the benefit from their month on, or loses it with theirs; set-wise.

    Who is not eligible, undetermined or left out by somebody gets nothing; what is due for past months is paid by the next roll.
    Refuses: whoever proposed the list, a group already decided, a list that would decide nothing.
    """
    _refuse_decided(group)
    if actor.id is not None and actor.id == group.proposed_by_id:
        raise Refused("提出名单的人不能自己审定，请由其他审核确认人审定。")
    lines = list(group.lines.filter(left_out="").select_related("person", "entitlement"))
    if group.kind == GroupKind.GRANT:
        lines = [line for line in lines if line.outcome == "eligible"]
    if not lines:
        raise Refused("名单中没有可以审定的人员，请撤回或重新提出。")
    with said_in_chinese():
        if group.kind == GroupKind.GRANT:
            _grant(group, lines, on)
        else:
            _stop(lines)
    group.state, group.decided_by_id, group.decided_on = GroupState.DECIDED, actor.id, on
    group.save(update_fields=["state", "decided_by", "decided_on"])
    label = BENEFITS[group.benefit].label
    remark(f"{label}：{GroupKind(group.kind).label} {group.number}，{len(lines)} 人", basis=group.basis)
    return group


def _grant(group: GroupDecision, lines: Sequence[GroupLine], on: date) -> None:
    declared, covered = BENEFITS[group.benefit], _covered(group.benefit, lines)
    dead = next((line for line in lines if line.person.died_on is not None and line.person.died_on < line.edge), None)
    if dead is not None:
        raise Refused(f"{dead.person.name}已于 {dead.person.died_on} 去世，请先从名单中去掉。")
    routes = _routes(group.benefit, lines)
    made = Entitlement.objects.bulk_create(
        (
            Entitlement(
                number=number,
                benefit=group.benefit,
                household_id=line.household_id,
                holder_id=line.person_id,
                payee_id=line.payee_id,
                area_id=line.area_id,
                route=routes[line.person_id],
                start_reason=StartReason.GROUP,
                review_class="",
                decided_on=on,
                valid_from=line.edge,
                accounted_from=line.edge,
            )
            for line, number in zip(lines, next_numbers(declared, on, len(lines)), strict=True)
        ),
        batch_size=_AT_ONCE,
    )
    EntitlementMember.objects.bulk_create(
        (
            EntitlementMember(
                entitlement=held,
                person_id=person_id,
                benefit=group.benefit,
                exclusive=exclusive_of(group.benefit),
                start_reason=StartReason.GROUP,
                valid_from=line.edge,
            )
            for held, line in zip(made, lines, strict=True)
            for person_id in covered[line.pk]
        ),
        batch_size=_AT_ONCE,
    )
    for held, line in zip(made, lines, strict=True):
        line.entitlement = held
    GroupLine.objects.bulk_update(lines, ["entitlement"], batch_size=_AT_ONCE)


def _covered(benefit: str, lines: Sequence[GroupLine]) -> dict[int, list[int]]:
    """Whom each line covers: the person, or those of the family to whom the rules grant it."""
    programme = DECIDED[benefit]
    if programme.unit == "person":
        return {line.pk: [line.person_id] for line in lines}
    granted, first = next(iter(programme.publishes.values())), next(iter(BENEFITS[benefit].routes))
    covered: dict[int, list[int]] = {}
    for line, loaded, found, place in _said(benefit, first, lines):
        lower, upper = loaded.batch.offsets["person"][place : place + 2].tolist()
        covered[line.pk] = loaded.person_ids[lower:upper][found.columns[granted][lower:upper].astype(np.bool_)].tolist()
    return covered


def _stop(lines: Sequence[GroupLine]) -> None:
    held = [line.entitlement for line in lines if line.entitlement is not None]
    for line, entitlement in zip(lines, held, strict=True):
        if line.edge < entitlement.valid_from:
            raise Refused(f"{line.person.name}的最后发放日期早于开始享受的日期，请检查。")
        if entitlement.valid_until is not None and line.edge >= entitlement.valid_until:
            raise Refused(f"{line.person.name}的待遇已于 {entitlement.valid_until} 停发，请从名单中去掉。")
        entitlement.valid_until, entitlement.end_reason = line.edge, line.end_reason
        entitlement.state = EntitlementState.ENDED
    Entitlement.objects.bulk_update(held, ["valid_until", "end_reason", "state"], batch_size=_AT_ONCE)
    ends = {entitlement.pk: (line.edge, EndReason(line.end_reason)) for line, entitlement in zip(lines, held, strict=True)}
    for some in _in_pieces(list(ends)):
        shares = list(EntitlementMember.objects.filter(entitlement_id__in=some, valid_until__isnull=True))
        for share in shares:
            share.valid_until, share.end_reason = ends[share.entitlement_id]
        EntitlementMember.objects.bulk_update(shares, ["valid_until", "end_reason"])


def _in_pieces(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _refuse_decided(group: GroupDecision) -> None:
    if group.state != GroupState.PROPOSED:
        raise Refused(f"{group.number} {GroupState(group.state).label}，不能再改。")
