"""Address of the tasks laid by schedules."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.schedules import views

urlpatterns = [path("tasks", for_business(views.tasks), name="tasks")]
