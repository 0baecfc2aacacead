"""A full check, source by source: each in a transaction of its own, so that what is done stays done when the machine is not.

Called again, it goes on where it stopped. The same for the standing watch, which then opens reviews.
"""

from collections.abc import Callable
from datetime import date
from time import monotonic

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area
from anmin.ground.verification.actions.inquiries import conclude_campaign, open_campaign
from anmin.ground.verification.actions.watching import open_reviews
from anmin.ground.verification.answers import sources_of
from anmin.ground.verification.asking import Search, asked_in
from anmin.ground.verification.models import Inquiry
from anmin.ground.verification.running import ask_one
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Occasion

Told = Callable[[str, int, int], None]
"""Is told the label of the source that has been asked, how many are done, and of how many."""


def run_campaign(*, inquiry: Inquiry, actor: Actor, on: date, told: Told | None = None) -> Inquiry:
    """Every source of the campaign has been asked, and what they said stands as findings; those asked before are left."""
    wanted = sources_of(Occasion(inquiry.occasion))
    asked = set(inquiry.sources.values_list("source", flat=True))
    left = [source for source in wanted if source not in asked]
    if left:
        with Search(asked_in(inquiry)) as search:
            for place, source in enumerate(left, start=len(wanted) - len(left) + 1):
                ask_one(inquiry=inquiry, source=source, search=search, actor=actor, on=on)
                if told is not None:
                    told(SOURCES[source].label, place, len(wanted))
    return conclude_campaign(inquiry=inquiry, actor=actor, on=on)


def run_for(*, inquiry: Inquiry, seconds: float, actor: Actor, on: date) -> bool:
    """Sources that are left have been asked for about so many seconds, one at least; once none is left, it is concluded.

    Tells whether something is left, for a page that shows how far it is in between. A watch that is done has opened reviews.
    """
    began = monotonic()
    asked = set(inquiry.sources.values_list("source", flat=True))
    left = [source for source in sources_of(Occasion(inquiry.occasion)) if source not in asked]
    if left:
        with Search(asked_in(inquiry)) as search:
            for source in left:
                ask_one(inquiry=inquiry, source=source, search=search, actor=actor, on=on)
                if monotonic() - began > seconds:
                    break
        return True
    conclude_campaign(inquiry=inquiry, actor=actor, on=on)
    if inquiry.occasion == Occasion.WATCH:
        open_reviews(inquiry=inquiry, actor=actor, on=on)
    return False


WATCH_GROUND = "《最低生活保障审核确认办法》（民发〔2021〕57号）、国办发〔2023〕39号：死亡火化、服刑、入住机构动态监测"


def watch(*, area: Area, actor: Actor, on: date, told: Told | None = None) -> Inquiry:
    """The watched sources have been asked about everybody on the rolls of the area, and what they said has opened reviews."""
    inquiry = open_campaign(occasion=Occasion.WATCH, ground=WATCH_GROUND, area=area, actor=actor, on=on)
    run_campaign(inquiry=inquiry, actor=actor, on=on, told=told)
    return open_reviews(inquiry=inquiry, actor=actor, on=on)
