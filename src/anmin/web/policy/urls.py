"""Addresses of the policy browser."""

from django.urls import path

from anmin.web.policy import views

urlpatterns = [
    path("policy", views.figures, name="policy"),
    path("policy/figures/<str:address>", views.figure, name="policy-figure"),
    path("policy/rules", views.rules, name="policy-rules"),
    path("policy/cases", views.stories, name="policy-cases"),
    path("policy/cases/<str:programme>/<slug:name>", views.story, name="policy-case"),
    path("policy/rules/<str:programme>/<slug:name>", views.rule, name="policy-rule"),
]
