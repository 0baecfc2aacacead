"""Benefits given once: many people at a time, for one month, by one decision that named each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import models

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.entitlements.benefits import BENEFITS, exclusive_of
from anmin.ground.entitlements.edges import said_in_chinese
from anmin.ground.entitlements.models import Entitlement, EntitlementMember
from anmin.ground.entitlements.numbering import next_numbers
from anmin.ground.entitlements.permissions import may_award_once
from anmin.ground.entitlements.vocabulary import EndReason, EntitlementState, StartReason


@dataclass
class Award:
    """What one person is given once; ids of records already looked at. `entitlement_id` is filled in by the action."""

    person_id: int
    household_id: int
    payee_id: int
    area_id: int
    route: str
    entitlement_id: int | None = None


@action("entitlement.awarded", permission=may_award_once)
def award_once(
    *, benefit: str, awards: Sequence[Award], month: Month, subject: models.Model, actor: Actor, on: date
) -> models.Model:
    """Each person holds the benefit for that one month and no longer; set-wise, with one line in the log about `subject`.

    Basis: the decision that `subject` records, with every name on it. The rolls pay it as they pay any month; the database
    refuses whoever holds the benefit in that month already.
    Refuses: nobody to give to, an unknown route, a person named twice.
    """
    declared = BENEFITS[benefit]
    if not awards:
        raise BadValue(f"{declared.label}没有可以发放的人员，请检查名册。")
    if any(award.route not in declared.routes for award in awards):
        raise BadValue(f"{declared.label}的名册中有发放方式不明的人员，请检查。")
    numbers = next_numbers(declared, on, len(awards))
    with said_in_chinese():
        made = Entitlement.objects.bulk_create(
            Entitlement(
                number=number,
                benefit=benefit,
                household_id=award.household_id,
                holder_id=award.person_id,
                payee_id=award.payee_id,
                area_id=award.area_id,
                route=award.route,
                state=EntitlementState.ENDED,
                start_reason=StartReason.NEW,
                end_reason=EndReason.GIVEN_ONCE,
                review_class="",
                decided_on=on,
                valid_from=month.first_day,
                valid_until=month.last_day,
                accounted_from=month.first_day,
            )
            for award, number in zip(awards, numbers, strict=True)
        )
        EntitlementMember.objects.bulk_create(
            EntitlementMember(
                entitlement=entitlement,
                person_id=award.person_id,
                benefit=benefit,
                exclusive=exclusive_of(benefit),
                start_reason=StartReason.NEW,
                end_reason=EndReason.GIVEN_ONCE,
                valid_from=month.first_day,
                valid_until=month.last_day,
            )
            for entitlement, award in zip(made, awards, strict=True)
        )
    for entitlement, award in zip(made, awards, strict=True):
        award.entitlement_id = entitlement.pk
    remark(f"{declared.label}：{month.label}一次性给予 {len(made)} 人", benefit=benefit, first=numbers[0], last=numbers[-1])
    return subject
