"""Addresses of the figures; reports link to `/figures/<id>?period=2024H1`."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.figures import views

urlpatterns = [
    path("figures", for_business(views.figures), name="figures"),
    path("figures/<str:id>", for_business(views.figure), name="figure"),
]
