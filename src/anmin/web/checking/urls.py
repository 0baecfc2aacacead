"""Addresses of the check of a text."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.checking import views

urlpatterns = [
    path("checking", for_business(views.check_text), name="checking"),
    path("checking/file/<str:format>", for_business(views.result_file), name="checking-file"),
]
