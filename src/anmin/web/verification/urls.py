"""Addresses of verification."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.verification import consents, deliveries

urlpatterns = [
    path("verification/consents", for_business(consents.consents), name="consents"),
    path("verification/consents/new", for_business(consents.choose), name="consent-new"),
    path("verification/consents/families/<int:household_id>", for_business(consents.record), name="consent-record"),
    path("verification/consents/families/<int:household_id>/letter", for_business(consents.letter), name="consent-letter"),
    path("verification/consents/<int:consent_id>", for_business(consents.consent), name="consent"),
    # What a delivery holds names nobody here, and the administrator deletes its rows.
    path("verification/sources", deliveries.sources, name="verification-sources"),
    path("verification/sources/<str:name>/template", deliveries.template, name="source-template"),
    path("verification/deliveries", deliveries.deliveries, name="deliveries"),
    path("verification/deliveries/new", for_business(deliveries.bring), name="delivery-new"),
    path("verification/deliveries/columns", for_business(deliveries.columns), name="delivery-columns"),
    path("verification/deliveries/cancel", for_business(deliveries.cancel), name="delivery-cancel"),
    path("verification/deliveries/<int:extract_id>", deliveries.delivery, name="delivery"),
]
