"""Letters of consent are recorded and withdrawn; without one in force nobody may be asked about."""

from collections.abc import Sequence
from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.verification.consents import withdrawn
from anmin.ground.verification.models import Consent
from anmin.ground.verification.permissions import may_record_consent, may_withdraw_consent
from anmin.ground.verification.signing import Letter, consent_from, signed_before, withdrawn_since
from anmin.ground.verification.sources import source

BASIS = "《江苏省社会救助家庭经济状况核对办法》（省政府令第126号）；《最低生活保障审核确认办法》（民发〔2021〕57号）第十八条"


@action("verification.consented", permission=may_record_consent)
def record_consent(*, letter: Letter, area: Area, actor: Actor, on: date) -> Consent:
    """The person may be asked about, at the sources the letter names, from the day it was signed to its last day.

    Basis: 省政府令第126号.
    Refuses: a day to come, no source or an unknown one, a minor who signed alone, an end before the start, a letter signed
    before its person withdrew; one of the very day of the withdrawal counts as signed after it, and the log says so.
    """
    gone = withdrawn([letter.person.pk]).get(letter.person.pk)
    if gone is not None and letter.signed_on < gone:
        raise BadValue(signed_before(letter, gone))
    consent = consent_from(letter, actor, on)
    consent.save()
    labels = "、".join(source(name).label for name in letter.sources)
    again = "（当日撤回授权后重新签署）" if letter.signed_on == gone else ""
    remark(f"登记核对授权书{again}，有效期至{consent.valid_until}：{labels}", basis=BASIS, person=letter.person.pk, area=area.pk)
    return consent


@action("verification.consents_filed", permission=may_record_consent)
def record_consents(*, letters: Sequence[Letter], area: Area, actor: Actor, on: date) -> Area:
    """All the letters are recorded, or none; as `record_consent` for each. One statement for a thousand letters.

    Refuses a letter of the day its person withdrew as well: nobody has looked at the hour, so it is recorded by itself.
    """
    for _, why in withdrawn_since(letters):
        raise BadValue(why)
    consents = [consent_from(letter, actor, on) for letter in letters]
    Consent.objects.bulk_create(consents, batch_size=1_000)
    remark(f"登记核对授权书{len(consents)}份", basis=BASIS)
    return area


@action("verification.consent_withdrawn", permission=may_withdraw_consent)
def withdraw_consent(*, consent: Consent, reason: str, area: Area, actor: Actor, on: date) -> Consent:
    """From this day on nothing is asked on the strength of the letter; what was asked before stays.

    Every other letter of the person that was filed before and names one of its sources ends with it: else what was withdrawn
    would be asked on the strength of that one.
    Refuses: a letter that was withdrawn before, no reason.
    """
    if consent.withdrawn_on is not None:
        raise Refused(f"该授权书已于{consent.withdrawn_on}撤回。")
    if not reason.strip():
        raise BadValue("请写明撤回授权的原因。")
    consent.withdrawn_on, consent.withdrawal_reason = on, reason.strip()
    consent.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    standing = Consent.objects.filter(person_id=consent.person_id, withdrawn_on__isnull=True, valid_until__gte=on).order_by("id")
    others = [each for each in standing if not set(consent.sources).isdisjoint(each.sources)]
    for each in others:
        each.withdrawn_on, each.withdrawal_reason = on, consent.withdrawal_reason
    Consent.objects.bulk_update(others, ["withdrawn_on", "withdrawal_reason"])
    more = f"（涉及同样数据的其他{len(others)}份授权书一并撤回）" if others else ""
    remark(f"撤回核对授权{more}：{reason.strip()}", basis=BASIS, person=consent.person_id, area=area.pk)
    return consent
