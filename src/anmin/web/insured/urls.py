"""The address of the lists of insured elders."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.insured.views import insured

urlpatterns = [path("insured", for_business(insured), name="insured")]
