"""Signing in and out."""

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView

from anmin.base import clock
from anmin.ground.accounts import queries
from anmin.ground.accounts.gate import SYSTEM


class SignIn(LoginView):
    """The front door. A demonstration shows its invented accounts; a real bureau shows none."""

    template_name = "registration/sign_in.html"
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

