"""The addresses of every standard."""

from django.urls import include, path

urlpatterns = [path("dci/", include("anmin.api.dci.urls"))]
