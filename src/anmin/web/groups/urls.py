"""Addresses of group decisions."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.groups import views

urlpatterns = [
    path("groups", for_business(views.groups), name="groups"),
    path("groups/<str:number>", for_business(views.group), name="group"),
    path("groups/<str:number>/decide", for_business(views.decide), name="group-decide"),
    path("groups/<str:number>/withdraw", for_business(views.withdraw), name="group-withdraw"),
    path("groups/<str:number>/lines/<int:line_id>", for_business(views.line), name="group-line"),
]
