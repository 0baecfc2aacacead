"""People look at doubtful matches: whose record it is holds wherever the same record is found about the same person."""

from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.carrying import rule_like, same_record
from anmin.ground.verification.findings import find
from anmin.ground.verification.models import Finding, Hit, VerificationRequest
from anmin.ground.verification.permissions import may_identify_hit
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Tier

_LONGEST = 200
_SAID = ("tier", "identified_because", "identified_by", "identified_on", "carried_from")


@action("verification.hit_identified", permission=may_identify_hit)
def identify_hit(*, hit: Hit, is_person: bool, reason: str, actor: Actor, on: date) -> Hit:
    """Somebody looked at a doubtful match: the record is the person's, and stands among what was found, or is a namesake's.

    So it does wherever else the same record waits for somebody to look. Refuses a match that is not doubtful or was looked at
    before, no reason.
    """
    current = Hit.objects.select_for_update().get(pk=hit.pk)
    if current.tier != Tier.QUEUE:
        raise Refused("该记录不是待辨认的疑似记录，或者已经有人辨认，请刷新后再看。")
    current.identified_because = _reason(reason)
    current.tier = Tier.SCORED if is_person else Tier.NOT_THE_PERSON
    current.identified_by_id, current.identified_on = actor.id, on
    current.save(update_fields=list(_SAID))
    others = list(same_record(current))
    for other in others:
        rule_like(other, current)
    Hit.objects.bulk_update(others, _SAID)
    label = SOURCES[current.source].label
    whose = "是本人" if is_person else "不是本人"
    words = f"辨认{label}记录：{whose}。{current.identified_because}"
    if others:
        words += f"（同一记录在另外{len(others)}次核对中待辨认的，一并适用）"
    remark(words, basis=BASIS, person=current.person_id)
    if is_person:
        find(
            _programmes({current.inquiry_id, *(each.inquiry_id for each in others)}),
            on=on,
            persons=frozenset({current.person_id}),
        )
    return current


@action("verification.hit_reopened", permission=may_identify_hit)
def reopen_hit(*, hit: Hit, reason: str, actor: Actor, on: date) -> Hit:
    """What was said of a doubtful record no longer holds, here and wherever it was carried to: somebody looks at it again.

    Refuses a match nobody has looked at, one that a finding rests on (that is reopened instead), no reason.
    """
    current = Hit.objects.select_for_update().get(pk=hit.pk)
    if current.identified_on is None:
        raise Refused("该记录还没有人辨认，不必重新辨认，请刷新后再看。")
    why = _reason(reason)
    first = current.carried_from_id or current.pk
    ruled = [*Hit.objects.filter(pk=first), *Hit.objects.filter(carried_from_id=first).order_by("id")]
    if Finding.objects.filter(hit__in=ruled).exists() or Finding.objects.filter(against__in=ruled).exists():
        raise Refused("该记录已经列入核对发现，请在那里登记异议或者重新核查。")
    said = "是本人" if current.tier == Tier.SCORED else "不是本人"
    before = f"{current.identified_on}：{current.identified_because}"
    for each in ruled:
        each.tier, each.identified_because = Tier.QUEUE, ""
        each.identified_by = each.identified_on = each.carried_from = None
    Hit.objects.bulk_update(ruled, _SAID)
    elsewhere = f"，沿用该辨认的{len(ruled) - 1}次核对同时恢复待辨认" if len(ruled) > 1 else ""
    words = f"重新辨认{SOURCES[current.source].label}记录，原辨认“{said}”（{before}）不再适用{elsewhere}。{why}"
    remark(words, basis=BASIS, person=current.person_id)
    current.refresh_from_db()
    return current


def _programmes(inquiries: set[int]) -> dict[int, str]:
    """What the people of each inquiry apply for; blank where it is about many."""
    requests = VerificationRequest.objects.filter(inquiry_id__in=inquiries).order_by("-id").values_list("inquiry_id", "purpose")
    asked = {int(inquiry or 0): purpose.rpartition(".")[0] for inquiry, purpose in requests}
    return {inquiry: asked.get(inquiry, "") for inquiry in inquiries}


def _reason(reason: str) -> str:
    said = reason.strip()
    if not said:
        raise BadValue("请写明理由。")
    if len(said) > _LONGEST:
        raise BadValue(f"理由最多{_LONGEST}字，请精简。")
    return said
