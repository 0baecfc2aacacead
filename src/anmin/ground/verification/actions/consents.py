"""Letters of consent are recorded and withdrawn; without one in force nobody may be asked about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from anmin.base.errors import BadValue, Refused
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.documents.models import Document
from anmin.ground.people.models import Person
from anmin.ground.policy.book import policy
from anmin.ground.verification.models import Consent
from anmin.ground.verification.permissions import may_record_consent, may_withdraw_consent
from anmin.ground.verification.sources import SOURCES, source
from anmin.ground.verification.vocabulary import SignedAs

BASIS = "《江苏省社会救助家庭经济状况核对办法》（省政府令第126号）；《最低生活保障审核确认办法》（民发〔2021〕57号）第十八条"


@dataclass(frozen=True)
class Letter:
    """A signed letter: whose, by whom, for which sources, from when; without an end it holds as long as the policy says."""

    person: Person
    signed_on: date
    signed_by: Person | None = None
    """The guardian, for somebody who cannot sign; None where the person signed."""
    sources: Collection[str] = tuple(SOURCES)
    valid_until: date | None = None
    document: Document | None = None


@action("verification.consented", permission=may_record_consent)
def record_consent(*, letter: Letter, area: Area, actor: Actor, on: date) -> Consent:
    """The person may be asked about, at the sources the letter names, from the day it was signed to its last day.

    Basis: 省政府令第126号.
    Refuses: a day to come, no source or an unknown one, a minor who signed alone, an end before the start.
    """
    consent = _consent(letter, actor, on)
    consent.save()
    labels = "、".join(source(name).label for name in letter.sources)
    remark(f"登记核对授权书，有效期至{consent.valid_until}：{labels}", basis=BASIS, person=letter.person.pk, area=area.pk)
    return consent


@action("verification.consents_filed", permission=may_record_consent)
def record_consents(*, letters: Sequence[Letter], area: Area, actor: Actor, on: date) -> Area:
    """All the letters are recorded, or none; as `record_consent` for each. One statement for a thousand letters."""
    consents = [_consent(letter, actor, on) for letter in letters]
    Consent.objects.bulk_create(consents, batch_size=1_000)
    remark(f"登记核对授权书{len(consents)}份", basis=BASIS)
    return area


@action("verification.consent_withdrawn", permission=may_withdraw_consent)
def withdraw_consent(*, consent: Consent, reason: str, area: Area, actor: Actor, on: date) -> Consent:
    """From this day on nothing is asked on the strength of the letter; what was asked before stays.

    Refuses: a letter that was withdrawn before, no reason.
    """
    if consent.withdrawn_on is not None:
        raise Refused(f"该授权书已于{consent.withdrawn_on}撤回。")
    if not reason.strip():
        raise BadValue("请写明撤回授权的原因。")
    consent.withdrawn_on, consent.withdrawal_reason = on, reason.strip()
    consent.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    remark(f"撤回核对授权：{reason.strip()}", basis=BASIS, person=consent.person_id, area=area.pk)
    return consent


def _consent(letter: Letter, actor: Actor, on: date) -> Consent:
    person, signer = letter.person, letter.signed_by
    if letter.signed_on > on:
        raise BadValue(f"{person.name}的授权书签署日期{letter.signed_on}晚于登记日期{on}，请核对。")
    if not letter.sources:
        raise BadValue(f"{person.name}的授权书没有写明可以查询哪些数据，请至少选择一项。")
    for name in letter.sources:
        source(name)
    if signer is not None and signer.pk == person.pk:
        signer = None
    if signer is None and not _of_age(person, letter.signed_on):
        raise BadValue(f"{person.name}未满18周岁，授权书应当由监护人签署，请填写监护人。")
    if signer is not None and not _of_age(signer, letter.signed_on):
        raise BadValue(f"代{person.name}签署的{signer.name}未成年，不能作为监护人签署授权书。")
    until = letter.valid_until or _months_later(letter.signed_on)
    if until < letter.signed_on:
        raise BadValue(f"{person.name}的授权书截止日期{until}早于签署日期{letter.signed_on}，请核对。")
    return Consent(
        person=person,
        signed_as=SignedAs.GUARDIAN if signer else SignedAs.SELF,
        signed_by=signer or person,
        sources=sorted(set(letter.sources)),
        valid_from=letter.signed_on,
        valid_until=until,
        document=letter.document,
        recorded_by_id=actor.id,
        recorded_on=on,
    )


def _of_age(person: Person, on: date) -> bool:
    years = policy().value("verification.consents.adult_age", on=on)
    assert isinstance(years, int)  # the unit is years
    born = person.birth_on
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day)) >= years


def _months_later(signed_on: date) -> date:
    months = policy().value("verification.consents.months", on=signed_on)
    assert isinstance(months, int)  # the unit is months
    then = Month.from_date(signed_on) + months
    return then.first_day.replace(day=min(signed_on.day, then.last_day.day)) - timedelta(days=1)
