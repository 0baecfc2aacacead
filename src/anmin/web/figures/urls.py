"""Addresses of the figures; reports link to `/figures/<id>?period=2024H1`."""

from django.urls import path

from anmin.web.figures import views

urlpatterns = [
    path("figures", views.figures, name="figures"),
    path("figures/<str:id>", views.figure, name="figure"),
]
