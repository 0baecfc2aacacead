"""The rhythm of dibao: every family is looked at again by its class, yearly or half-yearly, and at once when somebody dies."""

from anmin.ground.entitlements.death_schedules import death_schedule
from anmin.ground.entitlements.review_schedules import review_schedule
from anmin.lines.assistance.dibao.vocabulary import BASIS, BENEFIT, ReviewOccasion

DIBAO_REVIEWS = review_schedule(BENEFIT, "低保", basis=BASIS, answers={"occasion": ReviewOccasion.PERIODIC})
DIBAO_DEATHS = death_schedule(BENEFIT, "低保", basis=BASIS)

SCHEDULES = (DIBAO_REVIEWS, DIBAO_DEATHS)
