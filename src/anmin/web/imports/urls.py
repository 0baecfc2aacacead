"""Addresses of the files that are brought in."""

from django.urls import path

from anmin.web.imports import views

urlpatterns = [
    path("imports", views.batches, name="imports"),
    path("imports/new", views.choose, name="import-new"),
    path("imports/forms/<str:name>", views.bring, name="import-form"),
    path("imports/forms/<str:name>/template", views.template, name="import-template"),
    path("imports/<int:batch_id>", views.batch, name="import-batch"),
]
