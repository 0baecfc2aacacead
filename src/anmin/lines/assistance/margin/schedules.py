"""The rhythm of the recognition: looked at again by the end of its term."""

from anmin.ground.entitlements.review_schedules import review_schedule
from anmin.lines.assistance.margin.vocabulary import BASIS, BENEFIT, LABEL

SCHEDULES = (review_schedule(BENEFIT, LABEL, basis=BASIS, answers={"reason": "低保边缘家庭年度复核"}),)
