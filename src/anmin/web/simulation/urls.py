"""Addresses of simulations."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.simulation import views

urlpatterns = [
    path("simulation", for_business(views.simulation), name="simulation"),
    path("simulation/result", for_business(views.result), name="simulation-result"),
]
