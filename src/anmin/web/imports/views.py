"""Files in the browser: choose the form, take its template, bring the file, see what is to be mended."""

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.imports import actions, queries
from anmin.ground.imports.forms import KIND_LABELS, labels
from anmin.ground.imports.templates import template as workbook
from anmin.ground.imports.vocabulary import ImportState
from anmin.web import listing
from anmin.web.asking import attempt, why_not
from anmin.web.imports.forms import BatchFilter, FileForm, ProblemFilter
from anmin.web.imports.tables import STATE_TONES, BatchTable, ProblemTable, problems
from anmin.web.middleware import ActingRequest

_HOME = {"label": "首页", "url": "/"}


def batches(request: ActingRequest) -> HttpResponse:
    """What was brought, the latest first."""
    form = BatchFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.batches(request.actor)
    if asked.get("text"):
        found = found.filter(file_name__contains=asked["text"].strip())
    if asked.get("form"):
        found = found.filter(form=asked["form"])
    if asked.get("state"):
        found = found.filter(state=asked["state"])
    if asked.get("since"):
        found = found.filter(brought_on__gte=asked["since"])
    table = BatchTable(found)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "数据导入")
    return render(
        request,
        "imports/batches.html",
        {
            "form": form,
            "table": listing.configured(request, table),
            "may_bring": bool(queries.forms(request.actor)),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "数据导入"}],
        },
    )


def choose(request: ActingRequest) -> HttpResponse:
    """The forms this person may bring, in the order in which they build on one another."""
    forms = queries.forms(request.actor)
    if not forms:
        raise Refused("您的岗位不能导入表格，请由负责该业务的经办人或科室人员导入。")
    return render(
        request,
        "imports/choose.html",
        {"forms": forms, "breadcrumbs": _crumbs({"label": "选择表格"})},
    )


def bring(request: ActingRequest, name: str) -> HttpResponse:
    """The file is loaded whole, or refused whole with the list of what to mend."""
    declared = _declared(request.actor, name)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["file"]
        batch = attempt(
            form,
            lambda: actions.import_file(form=name, path=given.file, name=given.name, actor=request.actor, on=clock.today()),
        )
        if batch is not None:
            if batch.is_refused:
                messages.error(request, f"“{batch.file_name}”有 {batch.problem_count} 处需要修改，没有导入任何一行。")
            else:
                messages.success(request, f"“{batch.file_name}”已全部导入，共 {batch.rows} 行。")
            return redirect("import-batch", batch.pk)
    return render(
        request,
        "imports/bring.html",
        {
            "declared": declared,
            "form": form,
            "columns": [
                {
                    "header": column.header,
                    "required": column.required,
                    "kind": KIND_LABELS[column.kind],
                    "example": column.example,
                    "note": column.note,
                }
                for column in declared.columns
            ],
            "breadcrumbs": _crumbs({"label": "选择表格", "url": reverse("import-new")}, {"label": declared.label}),
        },
        status=422 if form.errors else 200,
    )


def template(request: ActingRequest, name: str) -> HttpResponse:
    """The empty file of the form."""
    declared = _declared(request.actor, name)
    answer = HttpResponse(workbook(declared), content_type=listing.XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(declared.label)}.xlsx"
    return answer


def batch(request: ActingRequest, batch_id: int) -> HttpResponse:
    """What became of a file: what was loaded, or everything to mend."""
    found = queries.batch(request.actor, batch_id)
    if found is None:
        raise Http404
    form = ProblemFilter(request.GET)
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    listed = [each for each in problems(found.problems) if not text or text in f"{each.row or ''}{each.field}{each.said}"]
    table = ProblemTable(listed)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "导入需修改内容")
    label = labels().get(found.form, found.form)
    return render(
        request,
        "imports/batch.html",
        {
            "batch": found,
            "label": label,
            "state": ImportState(found.state).label,
            "state_tone": STATE_TONES[ImportState(found.state)],
            "facts": [
                ("表格", label),
                ("行数", f"{found.rows:,}"),
                ("导入人", found.brought_by.name if found.brought_by else "系统"),
                ("导入时间", f"{localtime(found.at):%Y-%m-%d %H:%M}"),
                *((what, f"{number:,}") for what, number in found.counts.items()),
            ],
            "form": form,
            "table": listing.configured(request, table),
            "unlisted": found.problem_count - len(found.problems),
            "again": reverse("import-form", args=[found.form]) if _may(request.actor, found.form) else "",
            "export": listing.export_address(request),
            "breadcrumbs": _crumbs({"label": found.file_name}),
        },
    )


def _declared(actor: Actor, name: str) -> Any:
    if name not in labels():
        raise Http404
    if reason := why_not(actions.import_file, actor=actor, form=name):
        raise Refused(reason)
    return queries.form(name)


def _may(actor: Actor, name: str) -> bool:
    return name in labels() and not why_not(actions.import_file, actor=actor, form=name)


def _crumbs(*last: dict[str, str]) -> list[dict[str, str]]:
    return [_HOME, {"label": "数据导入", "url": reverse("imports")}, *last]
