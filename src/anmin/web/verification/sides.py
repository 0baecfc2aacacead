"""A match as two columns: what we hold, and what a department delivered; field by field with the sentence of its level."""

from typing import Any

from anmin.ground.people.vocabulary import Sex
from anmin.ground.verification.matching.vocabulary import FIELD_LABELS
from anmin.ground.verification.queries import HitPage
from anmin.ground.verification.vocabulary import Tier
from anmin.web.verification.tabs import TIER_TONES

_THEIRS = (("姓名",), ("公民身份号码", "其他证件号码"), ("出生日期",), ("性别",), ("住址",), ("联系电话",))


def side_by_side(page: HitPage) -> dict[str, Any]:
    """What a page shows of a match; numbers are masked on both sides."""
    hit, person = page.hit, page.hit.person
    delivered = dict(page.delivered)
    village = f"{person.area.name} {person.address}".strip()
    ours = (person.name, person.identity_mask, f"{person.birth_on:%Y-%m-%d}", Sex(person.sex).label, village, person.phone)
    who = {label for labels in _THEIRS for label in labels}
    return {
        "hit": hit,
        "source": page.source_label,
        "tier": page.tier_label,
        "tone": TIER_TONES[hit.tier],
        "is_doubtful": hit.tier == Tier.QUEUE,
        "department": hit.extract.department,
        "as_of": hit.extract.as_of,
        "file_name": hit.extract.file_name,
        "rows": [
            {
                "label": label,
                "ours": mine,
                "theirs": next((delivered[name] for name in names if delivered.get(name)), ""),
                "is_number": label == FIELD_LABELS["number"],
                "sentence": sentence,
                "points": points,
                "tone": "is-agreed" if points > 0 else "is-different" if points < 0 else "is-silent",
            }
            for (label, sentence, points), mine, names in zip(page.compared, ours, _THEIRS, strict=True)
        ],
        "content": [(label, text) for label, text in page.delivered if label not in who],
        "identified_by": hit.identified_by.name if hit.identified_by_id and hit.identified_by else "",
        "identified_on": hit.identified_on,
        "identified_because": hit.identified_because,
        "carried_from": hit.carried_from.inquiry.number if hit.carried_from_id and hit.carried_from else "",
        "is_person": hit.tier == Tier.SCORED,
    }
