"""Addresses of verification."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.verification import consents, deliveries, family, findings, hits, reports, tasks, watch
from anmin.web.verification.readers import for_readers

urlpatterns = [
    path("verification/consents", for_readers(consents.consents), name="consents"),
    path("verification/consents/new", for_readers(consents.choose), name="consent-new"),
    path("verification/consents/families/<int:household_id>", for_readers(consents.record), name="consent-record"),
    path("verification/consents/families/<int:household_id>/letter", for_readers(consents.letter), name="consent-letter"),
    path("verification/consents/<int:consent_id>", for_readers(consents.consent), name="consent"),
    path("verification/families/<int:household_id>", for_readers(family.family), name="family-verification"),
    path("verification/findings", for_readers(findings.findings), name="findings"),
    path("verification/findings/<int:finding_id>", for_readers(findings.finding), name="finding"),
    path("verification/findings/<int:finding_id>/<str:verb>", for_readers(findings.act), name="finding-act"),
    path("verification/queue", for_readers(hits.queue), name="verification-queue"),
    path("verification/queue/looked-at", for_readers(hits.looked_at), name="hits-looked-at"),
    path("verification/queue/<int:hit_id>/again", for_readers(hits.look_again), name="hit-again"),
    path("verification/queue/<int:hit_id>", for_readers(hits.identify), name="hit-identify"),
    path("verification/inquiries", for_readers(tasks.inquiries), name="inquiries"),
    path("verification/inquiries/run", for_readers(tasks.run), name="requests-run"),
    path("verification/inquiries/new", for_readers(tasks.open_campaign), name="campaign-open"),
    path("verification/inquiries/<str:number>", for_readers(tasks.inquiry), name="inquiry"),
    path("verification/inquiries/<str:number>/step", for_readers(tasks.step), name="inquiry-step"),
    path("verification/inquiries/<str:number>/late", for_readers(tasks.late), name="inquiry-late"),
    path(
        "verification/inquiries/<str:number>/families/<int:household_id>",
        for_readers(family.inquiry),
        name="family-inquiry",
    ),
    path("verification/reports", for_readers(reports.reports), name="verification-reports"),
    path("verification/reports/<str:number>", for_readers(reports.report), name="verification-report"),
    path(
        "verification/inquiries/<str:number>/families/<int:household_id>/report",
        for_readers(reports.issue),
        name="report-issue",
    ),
    # Open to whoever holds a paper; see OPEN_PATHS.
    path("verification/proof", reports.proof, name="verification-proof"),
    path("verification/watch", for_readers(watch.watch), name="verification-watch"),
    # What a delivery holds names nobody here, and the administrator deletes its rows.
    path("verification/sources", deliveries.sources, name="verification-sources"),
    path("verification/sources/<str:name>/template", deliveries.template, name="source-template"),
    path("verification/deliveries", deliveries.deliveries, name="deliveries"),
    path("verification/deliveries/new", for_business(deliveries.bring), name="delivery-new"),
    path("verification/deliveries/columns", for_business(deliveries.columns), name="delivery-columns"),
    path("verification/deliveries/cancel", for_business(deliveries.cancel), name="delivery-cancel"),
    path("verification/deliveries/<int:extract_id>", deliveries.delivery, name="delivery"),
]
