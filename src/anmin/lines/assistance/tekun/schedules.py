"""The rhythm of tekun: what a person can do alone is graded again every year; a death is settled at once."""

from anmin.ground.entitlements.death_schedules import death_schedule
from anmin.ground.entitlements.review_schedules import review_schedule
from anmin.lines.assistance.tekun.vocabulary import BASIS, BENEFIT, LABEL

TEKUN_REASSESSMENTS = review_schedule(
    BENEFIT, LABEL, basis=BASIS, answers={"reason": "生活自理能力年度评估"}, of_persons=True, called="生活自理能力评估"
)

SCHEDULES = (TEKUN_REASSESSMENTS, death_schedule(BENEFIT, LABEL, basis=BASIS))
