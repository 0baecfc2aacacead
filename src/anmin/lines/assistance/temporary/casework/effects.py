"""What a step brings about: aid out of the town's fund, aid through a roll."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError
from django.db.models import F

from anmin.base.errors import Refused
from anmin.base.periods import Month
from anmin.ground.areas.models import Area
from anmin.ground.areas.queries import town_of
from anmin.ground.cases.situation import Situation
from anmin.ground.entitlements.actions.awarding import Award, award_once
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.people.models import Person
from anmin.lines.assistance.temporary.casework.assessment import Assessed, asked, assessed
from anmin.lines.assistance.temporary.casework.checks import verified
from anmin.lines.assistance.temporary.models import Aid, TownFund
from anmin.lines.assistance.temporary.vocabulary import BENEFIT, Level, Way


def record_assessment(situation: Situation) -> Mapping[str, Any]:
    """What the rules say stands beside what was proposed."""
    return {"assessment": assessed(situation, verified(situation)).as_data()}


def give_from_the_fund(situation: Situation) -> Mapping[str, Any]:
    """The town gives it at once; its fund is that much smaller, and never below zero."""
    said, town, amount = assessed(situation, verified(situation)), _town(situation), int(situation.data["amount"])
    try:
        changed = TownFund.objects.filter(town=town).update(spent=F("spent") + amount)
    except IntegrityError as error:  # somebody else was quicker
        raise Refused(f"{town.name}临时救助资金余额不足，请刷新后查看。") from error
    if not changed:
        raise Refused(f"{town.name}还没有下拨的临时救助资金，请先申请下拨，或报县级办理。")
    aid = _aid(situation, said, Level.TOWN, amount, str(situation.data["way"]), date.fromisoformat(situation.data["paid_on"]))
    _save(aid)
    return {"aid": aid.pk, "assessment": said.as_data()}


def give_through_a_roll(situation: Situation) -> Mapping[str, Any]:
    """The county's aid is due once: in this month, or the first one in which the payee has none yet."""
    said, amount = assessed(situation, verified(situation)), int(situation.data["amount"])
    payee = _payee(situation)
    award = Award(
        payee.pk, situation.case.household_id, payee.pk, situation.case.area_id, "deliberated" if said.resolution else "county"
    )
    month = _free_month(payee, situation.on)
    award_once(benefit=BENEFIT, awards=[award], month=month, subject=situation.case, actor=situation.actor, on=situation.on)
    aid = _aid(situation, said, Level.COUNTY, amount, Way.CARD, situation.on)
    aid.entitlement_id = award.entitlement_id
    _save(aid)
    return {"aid": aid.pk, "pay_month": str(month), "assessment": said.as_data()}


def mask_for_notice(situation: Situation) -> Mapping[str, Any]:
    """What hangs on the board: the masked name of the applicant, how many, how much."""
    name = situation.case.applicant.name
    return {
        "shown_name": name[:1] + "*" * (len(name) - 1),
        "shown_persons": (situation.answer("examine", "assessment") or {}).get("persons"),
        "shown_amount": situation.answer("examine", "amount"),
    }


def _aid(situation: Situation, said: Assessed, level: Level, amount: int, way: str, given_on: date) -> Aid:
    event = asked(situation)
    return Aid(
        case=situation.case,
        household_id=situation.case.household_id,
        payee=_payee(situation),
        area_id=situation.case.area_id,
        town=_town(situation),
        level=level,
        cause=event["cause"],
        happened_on=date.fromisoformat(event["happened_on"]),
        persons=said.persons,
        amount=amount,
        way=way,
        given_on=given_on,
        resolution_id=said.resolution,
    )


def _save(aid: Aid) -> None:
    try:
        aid.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("同一事由只救助一次，本户已因这一事由得到同级救助；确有困难的，可以提请一事一议。") from error


def _payee(situation: Situation) -> Person:
    chosen = situation.data.get("payee") or asked(situation).get("payee") or []
    return next((row.person for row in situation.members if row.person_id in chosen), situation.case.applicant)


def _town(situation: Situation) -> Area:
    town = town_of(situation.case.area)
    if town is None:
        raise Refused("该家庭没有登记到镇（街道），请先更正家庭住址。")
    return town


def _free_month(payee: Person, on: date) -> Month:
    """One benefit is held once in a month; a second aid within it is due in the next."""
    taken = set(
        EntitlementMember.objects.filter(
            person=payee, benefit=BENEFIT, valid_from__gte=Month.from_date(on).first_day
        ).values_list("valid_from", flat=True)
    )
    month = Month.from_date(on)
    while month.first_day in taken:
        month = month + 1
    return month
