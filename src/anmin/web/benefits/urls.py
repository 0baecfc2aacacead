"""Addresses of benefits, their registers, one entitlement, the reasons of an amount, and the layers of low income."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.benefits import entitlement, layers, moved, overview, registers, why

urlpatterns = [
    path("benefits", for_business(overview.overview), name="benefits"),
    path("low-income", for_business(layers.layers), name="low-income"),
    path("benefits/<str:address>", for_business(registers.register), name="benefit"),
    path("benefits/<str:address>/why", for_business(why.why), name="benefit-why"),
    path("benefits/<str:address>/why/turns", for_business(why.turns), name="benefit-turns"),
    path("benefits/<str:address>/<int:entitlement_id>", for_business(entitlement.entitlement), name="benefit-entitlement"),
    path("benefits/<str:address>/<int:entitlement_id>/suspend", for_business(entitlement.suspend), name="benefit-suspend"),
    path("benefits/<str:address>/<int:entitlement_id>/resume", for_business(entitlement.resume), name="benefit-resume"),
    path("benefits/<str:address>/<int:entitlement_id>/end", for_business(entitlement.end), name="benefit-end"),
    path("benefits/<str:address>/<int:entitlement_id>/payee", for_business(entitlement.change_payee), name="benefit-payee"),
    # An entitlement is known by its number alone to lists of several benefits, to papers and to the log.
    path("entitlements/<int:entitlement_id>", for_business(moved.entitlement), name="entitlement"),
    path("dibao", for_business(moved.register), name="dibao-register"),
    path("dibao/entitlements/<int:entitlement_id>", for_business(moved.entitlement)),
    path("dibao/households/<int:household_id>/why", for_business(moved.why), name="dibao-why"),
]
