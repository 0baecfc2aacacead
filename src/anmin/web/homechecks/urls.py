"""Addresses of home checks: the rounds, one with its draw and progress, a village's list, a household's visits."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.homechecks import views, visits

urlpatterns = [
    path("home-checks", for_business(views.plans), name="home-checks"),
    path("home-checks/new", for_business(views.propose), name="home-check-plan-new"),
    path("home-checks/<int:plan_id>", for_business(views.plan), name="home-check-plan"),
    path("home-checks/<int:plan_id>/roll.csv", for_business(views.roll), name="home-check-roll"),
    path("home-checks/<int:plan_id>/villages/<int:area_id>", for_business(visits.village), name="home-check-village"),
    path("home-checks/<int:plan_id>/sheet.xlsx", for_business(visits.sheet), name="home-check-sheet"),
    path("home-checks/<int:plan_id>/<str:verb>", for_business(views.act), name="home-check-act"),
    path("home-checks/households/<int:check_id>", for_business(visits.check), name="home-check"),
    path("home-checks/households/<int:check_id>/review", for_business(visits.review), name="home-check-review"),
    path("home-checks/households/<int:check_id>/file", for_business(visits.receive), name="home-check-file"),
]
