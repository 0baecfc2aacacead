"""Addresses of signing in and out, of one's own password, and of the accounts of the staff."""

from django.urls import path

from anmin.web.accounts import staff, views

urlpatterns = [
    path("sign-in", views.SignIn.as_view(), name="sign-in"),
    path("sign-out", views.SignOut.as_view(), name="sign-out"),
    path("my/password", views.own_password, name="own-password"),
    path("staff", staff.accounts, name="staff"),
    path("staff/new", staff.create, name="staff-new"),
    path("staff/<int:staff_id>", staff.account, name="staff-account"),
    path("staff/<int:staff_id>/roles", staff.assign, name="staff-assign"),
    path("staff/<int:staff_id>/roles/<int:assignment_id>/end", staff.end, name="staff-end"),
    path("staff/<int:staff_id>/password", staff.reset_password, name="staff-password"),
    path("staff/<int:staff_id>/unlock", staff.unlock, name="staff-unlock"),
    path("staff/<int:staff_id>/deactivate", staff.deactivate, name="staff-deactivate"),
]
