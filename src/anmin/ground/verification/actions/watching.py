"""What the standing watch found opens reviews: somebody looks, nothing stops by itself."""

from datetime import date

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.declarations import ROLLS
from anmin.ground.verification.models import Finding, Inquiry
from anmin.ground.verification.permissions import may_ask_sources
from anmin.ground.verification.vocabulary import CLOSED, FindingKind, Occasion

_LONGEST = 400


@action("verification.reviews_opened", permission=may_ask_sources)
def open_reviews(*, inquiry: Inquiry, actor: Actor, on: date) -> Inquiry:
    """Every household of which the watch found something has an open review that says what; none is opened twice.

    Basis: 民发〔2021〕57号 第三十二条 (dynamic management). Refuses an inquiry that is no watch.
    """
    if inquiry.occasion != Occasion.WATCH:
        raise BadValue(f"{inquiry.number}不是动态监测，不启动复核。")
    told: dict[int, list[str]] = {}
    waiting = Finding.objects.filter(inquiry=inquiry, household__isnull=False).exclude(state__in=CLOSED)
    for each in waiting.select_related("person").order_by("id"):
        words = f"{each.person.name}：{FindingKind(each.kind).label}（{each.found}）"
        told.setdefault(int(each.household_id or 0), []).append(words)
    reasons = {household: f"动态监测{inquiry.number}：{'；'.join(words)}"[:_LONGEST] for household, words in told.items()}
    begun = {roll.label: roll.open_reviews(reasons, actor, on) for roll in ROLLS.values()} if reasons else {}
    opened = "、".join(f"{label}{count}件" for label, count in begun.items() if count)
    remark(f"{inquiry.number}：{len(reasons)}户有监测发现，启动复核{opened or '0件'}", basis=BASIS)
    return inquiry
