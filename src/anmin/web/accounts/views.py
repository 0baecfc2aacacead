"""Signing in and out, and one's own password."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpResponse
from django.shortcuts import redirect, render

from anmin.base import clock
from anmin.ground.accounts import actions, queries
from anmin.ground.accounts.gate import SYSTEM
from anmin.web.accounts.forms import OwnPasswordForm, SignInForm
from anmin.web.asking import attempt
from anmin.web.middleware import ActingRequest


class SignIn(LoginView):
    """The front door. A demonstration shows its invented accounts; a real bureau shows none."""

    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if settings.DEMO:
            context["demo_logins"] = queries.sign_in_names(actor=SYSTEM, on=clock.today())
            context["demo_password"] = settings.DEMO_PASSWORD
        return context


class SignOut(LogoutView):
    """Leaves by POST only, back to the door."""

    next_page = "/sign-in"


def own_password(request: ActingRequest) -> HttpResponse:
    """One's own password is another one; who was given a password by the administrator does this first."""
    assert request.actor.id is not None  # signed in
    staff = queries.member_of_staff(request.actor, request.actor.id)
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        changed = attempt(
            form,
            lambda: actions.change_own_password(
                staff=staff, old=given["old"], new=given["new"], actor=request.actor, on=clock.today()
            ),
        )
        if changed is not None:
            # The session is tied to the password; without this one would be thrown out.
            update_session_auth_hash(request, changed)
            messages.success(request, "密码已修改，下次登录请使用新密码。")
            return redirect("/")
    return render(
        request,
        "accounts/own_password.html",
        {
            "form": form,
            "must": staff.must_change_password,
            "breadcrumbs": [{"label": "首页", "url": "/"}, {"label": "修改密码"}],
        },
        status=422 if form.errors else 200,
    )
