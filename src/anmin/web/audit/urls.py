"""Addresses of the log."""

from django.urls import path

from anmin.web.audit import views

urlpatterns = [
    path("audit", views.lines, name="audit"),
    path("audit/verify", views.verify, name="audit-verify"),
    path("audit/<int:sequence>", views.line, name="audit-line"),
]
