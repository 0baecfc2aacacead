"""Addresses of the worklists that the rules point to."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.discovery import views

urlpatterns = [
    path("discovery", for_business(views.leads), name="discovery"),
    path("discovery/ways", for_business(views.ways), name="discovery-ways"),
    path("discovery/ways/<int:household_id>", for_business(views.family_ways), name="discovery-family-ways"),
    path("discovery/together", for_business(views.together), name="discovery-together"),
]
