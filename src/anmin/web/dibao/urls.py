"""Addresses of the dibao register, of one entitlement, and of the reasons of an amount."""

from django.urls import path

from anmin.web.dibao import views

urlpatterns = [
    path("dibao", views.register, name="dibao-register"),
    path("dibao/entitlements/<int:entitlement_id>", views.entitlement, name="entitlement"),
    path("dibao/households/<int:household_id>/why", views.why, name="dibao-why"),
]
