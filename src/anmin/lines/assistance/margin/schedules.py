"""The rhythm of the recognition: looked at again by the end of its term, and when somebody dies."""

from anmin.ground.entitlements.death_schedules import death_schedule
from anmin.ground.entitlements.review_schedules import review_schedule
from anmin.lines.assistance.margin.vocabulary import BASIS, BENEFIT, LABEL

SCHEDULES = (
    review_schedule(BENEFIT, LABEL, basis=BASIS, answers={"reason": "低保边缘家庭年度复核"}),
    death_schedule(BENEFIT, LABEL, basis=BASIS),
)
