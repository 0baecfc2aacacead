"""Addresses of what is given once: campaigns with their rosters, and the supplementary insurance."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.campaigns import insurance, views

urlpatterns = [
    path("campaigns", for_business(views.campaigns), name="campaigns"),
    path("campaigns/new", for_business(views.propose), name="campaign-new"),
    path("campaigns/<int:campaign_id>", for_business(views.campaign), name="campaign"),
    path("campaigns/<int:campaign_id>/<str:verb>", for_business(views.act), name="campaign-act"),
    path("campaigns/rows/<int:row_id>", for_business(views.row), name="campaign-row"),
    path("supplementary", for_business(insurance.insurances), name="supplementary"),
    path("supplementary/<int:policy_id>", for_business(insurance.insurance), name="supplementary-policy"),
    path("supplementary/<int:policy_id>/freeze", for_business(insurance.freeze), name="supplementary-freeze"),
    path("supplementary/<int:policy_id>/roster.xlsx", for_business(insurance.roster), name="supplementary-roster"),
]
