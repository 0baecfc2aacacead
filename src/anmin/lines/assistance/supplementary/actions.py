"""A policy is taken out, its roster frozen and handed to the insurer, its claims recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError
from django.db.models import Q

from anmin.base.errors import BadValue, Refused
from anmin.base.money import format_yuan
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.entitlements.models import EntitlementMember
from anmin.ground.imports.models import ImportBatch
from anmin.ground.policy.book import policy as policies
from anmin.lines.assistance.supplementary.models import InsuranceClaim, InsurancePolicy, InsuredPerson
from anmin.lines.assistance.supplementary.permissions import may_fetch_roster, may_keep_insurance
from anmin.lines.assistance.supplementary.roster import as_workbook
from anmin.lines.assistance.supplementary.vocabulary import ADDRESS, Layer


@dataclass(frozen=True)
class Paid:
    """A claim as the insurer reports it; ids of records already looked at."""

    insured_id: int
    number: str
    paid_on: date
    amount: int


@action("insurance.policy_opened", permission=may_keep_insurance)
def open_policy(
    *,
    year: int,
    number: str,
    insurer: str,
    starts_on: date,
    ends_on: date,
    rostered_on: date,
    premium: int | None = None,
    actor: Actor,
    on: date,
) -> InsurancePolicy:
    """The insurance of the year is on record, nobody insured yet; the premium is as filed unless another is agreed.

    Refuses: a year that has its policy, no number or insurer, an end before the start.
    """
    if not number.strip() or not insurer.strip():
        raise BadValue("请填写保险单号和承保公司。")
    if ends_on < starts_on:
        raise BadValue("保险止期早于起期，请检查。")
    agreed = premium if premium is not None else policies().number(f"{ADDRESS}.premium", on=starts_on)
    if agreed <= 0:
        raise BadValue("每人保费应大于零。")
    made = InsurancePolicy(
        year=year,
        number=number.strip(),
        insurer=insurer.strip(),
        premium=agreed,
        starts_on=starts_on,
        ends_on=ends_on,
        rostered_on=rostered_on,
        opened_by_id=actor.id,
    )
    try:
        made.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(f"{year}年度的低补保保单已登记。") from error
    remark(f"登记{made}：每人保费 {format_yuan(agreed)} 元")
    return made


@action("insurance.roster_frozen", permission=may_keep_insurance)
def freeze_insured(*, policy: InsurancePolicy, actor: Actor, on: date) -> InsurancePolicy:
    """Everybody who belonged to a layer on the day of the roster and was alive is insured, once, by the first layer of theirs.

    Refuses: a roster frozen already, a day that is not over, nobody to insure.
    """
    policy = InsurancePolicy.objects.select_for_update().get(pk=policy.pk)
    if policy.frozen_on is not None:
        raise Refused(f"{policy}的参保名册已于 {policy.frozen_on} 冻结。")
    if policy.rostered_on >= on:
        raise Refused(f"名册截止日 {policy.rostered_on} 还没有过完，次日起才能冻结名册。")
    day = policy.rostered_on
    held = Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    alive = Q(person__died_on__isnull=True) | Q(person__died_on__gt=day)
    rows = EntitlementMember.objects.filter(held, alive, benefit__in=Layer.values).order_by("entitlement__area__code", "id")
    place = {layer: number for number, layer in enumerate(Layer.values)}
    found: dict[int, tuple[str, int]] = {}
    for person_id, benefit, area_id in rows.values_list("person_id", "benefit", "entitlement__area_id"):
        if person_id not in found or place[benefit] < place[found[person_id][0]]:
            found[person_id] = (benefit, area_id)
    if not found:
        raise BadValue(f"{day} 没有在册的低收入人口，不能冻结名册。")
    InsuredPerson.objects.bulk_create(
        (InsuredPerson(policy=policy, person_id=person, layer=layer, area_id=area) for person, (layer, area) in found.items()),
        batch_size=1000,
    )
    policy.insured, policy.frozen_on = len(found), on
    policy.save(update_fields=["insured", "frozen_on"])
    remark(f"冻结{policy}参保名册：{len(found)} 人，保费 {format_yuan(len(found) * policy.premium)} 元")
    return policy


@action("insurance.roster_fetched", permission=may_fetch_roster)
def fetch_roster(*, policy: InsurancePolicy, actor: Actor, on: date) -> InsurancePolicy:
    """The roster with full identity numbers as a workbook, on the policy's `content`; that it was handed out is in the log.

    Basis: 《个人信息保护法》第二十三条、第五十一条. Refuses: a roster that is not frozen.
    """
    if policy.frozen_on is None:
        raise Refused(f"{policy}的参保名册还没有冻结，不能导出。")
    policy.content = as_workbook(policy)
    remark(
        f"下载{policy}参保名册：{policy.insured} 人，含完整身份证号",
        basis="《中华人民共和国个人信息保护法》第二十三条、第五十一条",
    )
    return policy


@action("insurance.claims_recorded", permission=may_keep_insurance)
def record_claims(*, claims: Sequence[Paid], batch: ImportBatch, actor: Actor, on: date) -> ImportBatch:
    """The claims of the file are on record, set-wise. Refuses: a number recorded before."""
    try:
        InsuranceClaim.objects.bulk_create(
            (
                InsuranceClaim(
                    insured_id=each.insured_id, number=each.number, paid_on=each.paid_on, amount=each.amount, batch=batch
                )
                for each in claims
            ),
            batch_size=1000,
        )
    except IntegrityError as error:
        raise Refused("文件中有已登记过的赔案号，请核对后重新导入。") from error
    remark(f"登记低补保理赔 {len(claims)} 件，{format_yuan(sum(each.amount for each in claims))} 元")
    return batch
