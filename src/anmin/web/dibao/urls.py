"""Addresses of the dibao register, of one entitlement, and of the reasons of an amount."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.dibao import views

urlpatterns = [
    path("dibao", for_business(views.register), name="dibao-register"),
    path("dibao/entitlements/<int:entitlement_id>", for_business(views.entitlement), name="entitlement"),
    path("dibao/households/<int:household_id>/why", for_business(views.why), name="dibao-why"),
]
