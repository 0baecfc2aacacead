"""A form on a page of its own: what it is about, what follows from it, where one goes from there."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from anmin.web.middleware import ActingRequest


def form_page(
    request: ActingRequest,
    form: forms.Form,
    *,
    title: str,
    submit: str,
    back: str,
    breadcrumbs: list[dict[str, str]],
    subtitle: str = "",
    notice: str = "",
    confirm: str = "",
    danger: bool = False,
) -> HttpResponse:
    """The form with its faults, if any; nothing typed is lost."""
    return render(
        request,
        "people/form.html",
        {
            "form": form,
            "title": title,
            "subtitle": subtitle,
            "submit": submit,
            "back": back,
            "notice": notice,
            "confirm": confirm,
            "danger": danger,
            "breadcrumbs": breadcrumbs,
        },
        status=422 if form.errors else 200,
    )


def given(request: ActingRequest, form: forms.Form) -> dict[str, Any] | None:
    """What was sent and holds; none when the form was only asked for, or has faults."""
    return form.cleaned_data if request.method == "POST" and form.is_valid() else None
