"""Address of the home page."""

from django.urls import path

from anmin.web.home.views import home

urlpatterns = [path("", home, name="home")]
