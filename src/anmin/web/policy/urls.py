"""Addresses of the policy browser."""

from django.urls import path

from anmin.web.policy import programmes, views

urlpatterns = [
    path("policy", views.figures, name="policy"),
    path("policy/figures/<str:address>", views.figure, name="policy-figure"),
    path("policy/values", programmes.values, name="policy-values"),
    path("policy/matrix", programmes.matrix, name="policy-matrix"),
    path("policy/rules", views.rules, name="policy-rules"),
    path("policy/cases", views.stories, name="policy-cases"),
    path("policy/cases/<str:programme>/<slug:name>", views.story, name="policy-case"),
    path("policy/rules/<str:programme>/<slug:name>", views.rule, name="policy-rule"),
]
