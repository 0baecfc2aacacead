"""核数: a text is pasted or brought, and comes back with its numbers judged. The server keeps nothing of it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.reports import actions
from anmin.ground.reports.checking.check import check
from anmin.ground.reports.checking.findings import Checked
from anmin.ground.reports.checking.given import correction_of, rule_set_aside
from anmin.ground.reports.checking.telling import count_of
from anmin.ground.reports.checking.vocabulary import RULES
from anmin.ground.reports.comparison import Compared, compared, days_of
from anmin.web.checking.carried import Carried
from anmin.web.checking.downloads import FORMATS, file_of
from anmin.web.checking.forms import ACCEPTED, EXAMPLE, TextForm
from anmin.web.checking.shown import blocks_of, element_id, findings_of, readings_of
from anmin.web.middleware import ActingRequest

_HOME = {"label": "首页", "url": "/"}


@sensitive_post_parameters()
def check_text(request: ActingRequest) -> HttpResponse:
    """The form; with a text, what the check says of it; with a word about a check, the same check judged anew."""
    if request.method == "POST" and "document" in request.POST:
        return _again(request)
    example = {"text": EXAMPLE} if "example" in request.GET else None
    form = TextForm(request.POST, request.FILES) if request.method == "POST" else TextForm(initial=example)
    if form.is_bound and form.is_valid():
        return _result(request, form.cleaned_data["carried"])
    return render(
        request,
        "checking/ask.html",
        {"form": form, "accept": ACCEPTED, "breadcrumbs": [_HOME, {"label": "核数"}]},
        status=422 if form.errors else 200,
    )


@sensitive_post_parameters()
def result_file(request: ActingRequest, format: str) -> HttpResponse:
    """The result of a check as a file."""
    if request.method != "POST":
        return redirect("checking")
    carried = Carried.of(request.POST.dict())
    if format not in {name for name, _, _ in FORMATS}:
        raise BadValue("核数结果可以下载为 Word 文档、Excel 表格或 JSON 数据，没有这种格式。")
    checked, beside, _ = _judged(request, carried)
    return file_of(format, carried.document, checked, beside)


def _again(request: ActingRequest) -> HttpResponse:
    carried = Carried.of(request.POST.dict())
    try:
        changed = _changed(request, carried, request.POST)
    except (BadValue, Refused) as refused:
        return _result(request, carried, refusal=refused.message)
    return _result(request, changed)


def _changed(request: ActingRequest, carried: Carried, sent: QueryDict) -> Carried:
    """The check as the button that was pressed wants it."""
    if pressed := sent.get("set_aside"):
        rule, _, place = pressed.partition("|")
        rule, reason = rule_set_aside(rule, sent.get(f"reason-{place}", ""))
        actions.set_rule_aside(rule=rule, reason=reason, actor=request.actor, on=clock.today())
        messages.success(request, f"已停用规则“{RULES[rule]}”，理由已记入审计日志。")
        return carried.without_rule(rule, reason)
    if restored := sent.get("restore"):
        return carried.with_rule(restored)
    if key := sent.get("uncorrect"):
        return carried.without_correction(key)
    if key := sent.get("correct"):
        measures = sent.get("not_a_measure") is None
        given = {name: sent.get(name, "") for name in ("figure", "unit", "subject")} if measures else {}
        return carried.corrected(correction_of({"key": key, "measure": measures, **given}))
    return carried


def _judged(request: ActingRequest, carried: Carried) -> tuple[Checked, list[Compared] | None, str]:
    """The check, its comparison with the records where one is asked for, and why there is none where there is none."""
    checked = check(
        carried.document,
        against=carried.against,
        period=days_of(carried.period) if carried.period else None,
        off=carried.off,
        corrections=carried.corrections,
    )
    if carried.period is None:
        return checked, None, ""
    try:
        return checked, compared(checked, request.actor, carried.period, on=clock.today()), ""
    except BadValue as refused:
        return checked, None, refused.message


def _result(request: ActingRequest, carried: Carried, *, refusal: str = "") -> HttpResponse:
    checked, beside, why_not = _judged(request, carried)
    found = findings_of(carried.document, checked)
    printed = {number.key: number.printed for number in checked.numbers}
    return render(
        request,
        "checking/result.html",
        {
            "name": carried.document.name,
            "count": count_of(checked),
            "clean": checked.is_clean,
            "notes": checked.notes,
            "blocks": blocks_of(carried.document, checked),
            "findings": [each for each in found if not each["rounding"]],
            "rounding": [each for each in found if each["rounding"]],
            "readings": readings_of(checked),
            "carried": carried.fields,
            "off": [{"rule": rule, "title": RULES[rule], "reason": reason} for rule, reason in carried.off.items()],
            "corrections": [
                {"key": each.key, "printed": printed.get(each.key, each.key), "id": element_id(each.key), "correction": each}
                for each in carried.corrections
            ],
            "period": carried.period,
            "against": carried.against,
            "compared": [{"id": element_id(each.key), "key": each.key, "each": each} for each in beside or ()],
            "is_compared": beside is not None,
            "differing": sum(each.differs for each in beside or ()),
            "why_not_compared": why_not,
            "refusal": refusal,
            "formats": [
                {"href": reverse("checking-file", args=[key]), "label": label, "icon": icon} for key, label, icon in FORMATS
            ],
            "breadcrumbs": [_HOME, {"label": "核数", "url": reverse("checking")}, {"label": "结果"}],
        },
        status=422 if refusal else 200,
    )
