"""Addresses of the report."""

from django.urls import path

from anmin.web.reports import views

urlpatterns = [
    path("report", views.draft, name="report"),
    path("report/file/<str:format>", views.draft_file, name="report-file"),
    path("report/issue", views.issue, name="report-issue"),
    path("report/issued/<str:number>", views.issued, name="report-issued"),
    path("report/issued/<str:number>/<str:format>", views.issued_file, name="report-issued-file"),
]
