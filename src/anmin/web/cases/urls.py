"""Addresses of what is to be done, of cases and their papers, and of a new application."""

from django.urls import path

from anmin.web.cases import family, intake, lists, papers, reckoning, views

urlpatterns = [
    path("worklist", lists.worklist, name="worklist"),
    path("cases", lists.cases, name="cases"),
    path("cases/new", intake.choose, name="case-new"),
    path("cases/new/family", family.register, name="case-new-family"),
    path("cases/new/<int:household_id>/declare", family.declare, name="case-declare"),
    path("cases/new/<int:household_id>", intake.apply, name="case-apply"),
    path("cases/review/<int:entitlement_id>", intake.review, name="case-review"),
    path("cases/<str:number>", views.page, name="case"),
    path("cases/<str:number>/reckoned", reckoning.reckoned, name="case-reckoned"),
    path("cases/<str:number>/steps/<str:name>", views.step, name="case-step"),
    path("cases/<str:number>/files", papers.receive, name="case-files"),
    path("cases/<str:number>/papers/<str:kind>", papers.paper, name="case-paper"),
    path("cases/<str:number>/papers/<str:kind>/issue", papers.issue, name="case-paper-issue"),
    path("documents/files/<int:file_id>", papers.download, name="document-file"),
]
