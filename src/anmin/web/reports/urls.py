"""Addresses of the report."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.reports import views

urlpatterns = [
    path("report", for_business(views.draft), name="report"),
    path("report/file/<str:format>", for_business(views.draft_file), name="report-file"),
    path("report/issue", for_business(views.issue), name="report-issue"),
    path("report/issued/<str:number>", for_business(views.issued), name="report-issued"),
    path("report/issued/<str:number>/<str:format>", for_business(views.issued_file), name="report-issued-file"),
]
