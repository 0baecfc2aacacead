"""Addresses of temporary assistance and of case-by-case deliberation."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.temporary import views

urlpatterns = [
    path("temporary", for_business(views.temporary), name="temporary"),
    path("temporary/allocations", for_business(views.allocations), name="allocations"),
    path("deliberations", for_business(views.deliberations), name="deliberations"),
]
