"""Addresses of the machines of other offices."""

from django.urls import path

from anmin.web.registry import views

urlpatterns = [
    path("machines", views.clients, name="machines"),
    path("machines/new", views.register, name="machine-new"),
    path("machines/<str:client_id>", views.client, name="machine"),
    path("machines/<str:client_id>/secret", views.renew, name="machine-secret"),
    path("machines/<str:client_id>/revoke", views.revoke, name="machine-revoke"),
]
