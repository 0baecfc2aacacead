"""Addresses of what is to be done, of cases and their papers, and of a new application."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.cases import family, intake, lists, papers, reckoning, views

urlpatterns = [
    path("worklist", for_business(lists.worklist), name="worklist"),
    path("cases", for_business(lists.cases), name="cases"),
    path("cases/new", for_business(intake.choose), name="case-new"),
    path("cases/new/family", for_business(family.register), name="case-new-family"),
    path("cases/new/<int:household_id>/declare", for_business(family.declare), name="case-declare"),
    path("cases/new/<int:household_id>", for_business(intake.apply), name="case-apply"),
    path("cases/review/<int:entitlement_id>", for_business(intake.review), name="case-review"),
    path("cases/<str:number>", for_business(views.page), name="case"),
    path("cases/<str:number>/reckoned", for_business(reckoning.reckoned), name="case-reckoned"),
    path("cases/<str:number>/steps/<str:name>", for_business(views.step), name="case-step"),
    path("cases/<str:number>/files", for_business(papers.receive), name="case-files"),
    path("cases/<str:number>/papers/<str:kind>", for_business(papers.paper), name="case-paper"),
    path("cases/<str:number>/papers/<str:kind>/issue", for_business(papers.issue), name="case-paper-issue"),
    path("documents/files/<int:file_id>", for_business(papers.download), name="document-file"),
]
