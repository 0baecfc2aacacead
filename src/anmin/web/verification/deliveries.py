"""Departments' data: declared sources with their freshness, what was delivered, and a new delivery in two steps."""

import re
from datetime import date
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.imports.forms import covered
from anmin.ground.verification import actions, queries, waiting
from anmin.ground.verification.deliveries import Grid, read_grid
from anmin.ground.verification.mappings import mapping_for, was_read_before
from anmin.ground.verification.sources import SOURCES, Source
from anmin.ground.verification.templates import source_template
from anmin.ground.verification.vocabulary import Freshness
from anmin.web import listing
from anmin.web.asking import attempt, may, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.verification.forms import DeliveryFilter, DeliveryForm, MappingForm, ReasonForm
from anmin.web.verification.tables import DeliveryTable, FaultTable, SourceTable
from anmin.web.verification.tabs import crumbs

SAMPLES = 3
_PLACE = ("部门数据", "verification-sources")
_WAITS = "delivery"
_FAULT = re.compile(r"第 (?P<row>\d+) 行“(?P<field>[^”]*)”列(?P<said>.*)", re.DOTALL)


def sources(request: ActingRequest) -> HttpResponse:
    """Every declared source: whose, on what ground, what it proves, and how fresh its newest delivery is."""
    lines = queries.source_lines(request.actor, clock.today())
    rows = [
        {
            "id": line.source.id,
            "label": line.source.label,
            "department": line.source.department,
            "proves": line.source.proves,
            "basis": line.source.basis,
            "limit": line.limit_days,
            "newest": line.newest,
            "part": line.part,
            "age": line.age_days,
            "freshness": line.freshness.value,
            "deliveries": line.deliveries,
        }
        for line in lines
    ]
    table = SourceTable(rows)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "核对数据源")
    return render(
        request,
        "verification/sources.html",
        {
            "table": listing.configured(request, table),
            "counts": [(state.label, sum(line.freshness == state for line in lines), state.value) for state in Freshness],
            "choices": [(line.source.id, line.source.label) for line in lines],
            "may_receive": may(actions.receive_extract, actor=request.actor),
            "tab": "sources",
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE),
        },
    )


def template(request: ActingRequest, name: str) -> HttpResponse:
    """The empty file of a source."""
    if name not in SOURCES:
        raise Http404
    answer = HttpResponse(source_template(SOURCES[name]), content_type=listing.XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(SOURCES[name].label)}.xlsx"
    return answer


def deliveries(request: ActingRequest) -> HttpResponse:
    """What was delivered, the latest first."""
    form = DeliveryFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kept = {"kept": True, "deleted": False}.get(asked.get("kept", ""))
    found = queries.extracts(
        request.actor,
        source=asked.get("source", ""),
        department=asked.get("department", ""),
        text=asked.get("text", ""),
        kept=kept,
    )
    table = DeliveryTable(found)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "部门数据接收记录")
    return render(
        request,
        "verification/deliveries.html",
        {
            "form": form,
            "table": listing.configured(request, table),
            "may_receive": may(actions.receive_extract, actor=request.actor),
            "tab": "deliveries",
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE, {"label": "接收记录"}),
        },
    )


def bring(request: ActingRequest) -> HttpResponse:
    """A department's file is uploaded; nothing is received until somebody has looked at its columns."""
    _refuse_others(request)
    form = DeliveryForm(request.POST or None, request.FILES or None, initial={"source": request.GET.get("source", "")})
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        given = form.cleaned_data
        source = SOURCES[given["source"]]
        if attempt(form, lambda: _new_file(request, source, content)) is not None:
            waiting.forget(request.session.get(_WAITS, {}).get("key", ""))
            request.session[_WAITS] = {
                "key": waiting.wait(content),
                "file_name": given["file"].name,
                "source": source.id,
                "department": given["department"].strip() or source.department,
                "as_of": given["as_of"].isoformat(),
                "basis": given["basis"],
            }
            return redirect("delivery-columns")
    return render(
        request,
        "verification/bring.html",
        {
            "form": form,
            "limit": settings.DELIVERY_LIMIT_BYTES // (1024 * 1024),
            "templates": [(source.id, source.label) for source in SOURCES.values()],
            "breadcrumbs": crumbs(*_PLACE, {"label": "接收数据"}),
        },
        status=422 if form.errors else 200,
    )


def _new_file(request: ActingRequest, source: Source, content: bytes) -> Grid:
    """The file as a table. Refuses what is none, and a file that was received before."""
    grid = read_grid(content)
    if said := queries.delivered_before(request.actor, source=source.id, sha256=grid.sha256):
        raise Refused(said)
    return grid


def columns(request: ActingRequest) -> HttpResponse:
    """The columns of the file with some of their rows, each with the field it is proposed for; then the file is received."""
    _refuse_others(request)
    waits = request.session.get(_WAITS)
    if waits is None:
        return redirect("delivery-new")
    source, on = SOURCES[waits["source"]], clock.today()
    try:
        content = waiting.waiting(waits["key"])
    except BadValue as error:
        del request.session[_WAITS]
        messages.error(request, error.message)
        return redirect("delivery-new")
    grid = read_grid(content)
    form = MappingForm(
        request.POST or None,
        headers=grid.headers,
        fields=[(each.name, each.label) for each in source.columns],
        proposed=mapping_for(source.id, waits["department"], grid.head, grid.headers),
    )
    if request.method == "POST" and form.is_valid():
        extract = attempt(
            form,
            lambda: actions.receive_extract(
                source=source.id,
                department=waits["department"],
                file_name=waits["file_name"],
                content=content,
                as_of=date.fromisoformat(waits["as_of"]),
                basis=waits["basis"],
                mapping=form.mapping(),
                partial=form.partial(),
                actor=request.actor,
                on=on,
            ),
        )
        if extract is not None:
            waiting.forget(waits["key"])
            del request.session[_WAITS]
            told = f"{source.label}{'部分' if extract.partial else ''}数据 {extract.rows:,} 行"
            messages.success(request, f"已接收{told}，截至{extract.as_of:%Y-%m-%d}，可以用于核对。")
            for caution in extract.cautions:
                messages.warning(request, f"{caution}。")
            return redirect("delivery", extract.pk)
    return _columns_page(request, form, grid, source, waits)


def cancel(request: ActingRequest) -> HttpResponse:
    """The file that waits is thrown away."""
    if request.method == "POST":
        waits = request.session.pop(_WAITS, {})
        waiting.forget(waits.get("key", ""))
        messages.info(request, "已放弃接收，上传的文件没有留存。")
    return redirect("delivery-new")


def delivery(request: ActingRequest, extract_id: int) -> HttpResponse:
    """One delivery: what is known of it, and the deletion of its rows."""
    actor, on = request.actor, clock.today()
    found = queries.extract(actor, extract_id)
    if found is None:
        raise Http404
    source = SOURCES.get(found.source)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(form, lambda: actions.delete_rows(extract=found, reason=form.cleaned_data["reason"], actor=actor, on=on))
        if gone is not None:
            messages.success(request, "数据内容已删除；接收记录和已经作出的核对结果仍然保留。")
            return redirect("delivery", extract_id)
    return render(
        request,
        "verification/delivery.html",
        {
            "extract": found,
            "label": source.label if source else found.source,
            "source": source,
            "facts": [
                ("报送部门", found.department),
                ("数据截至", found.as_of),
                ("行数", f"{found.rows:,}"),
                ("范围", "部分数据：与上一批全量数据一并查询" if found.partial else "全量数据"),
                ("接收日期", found.received_on),
                ("接收人", found.received_by.name if found.received_by else "系统"),
                (
                    "数据内容",
                    f"已于{found.deleted_on:%Y-%m-%d}删除" if found.deleted_on else f"加密留存至{found.keep_until:%Y-%m-%d}",
                ),
                {"label": "交换依据", "value": found.basis, "wide": True},
                {"label": "文件校验值（SHA-256）", "value": found.file_sha256, "wide": True, "copyable": True},
            ],
            "is_due": not found.deleted_on and found.keep_until < on,
            "form": form,
            "may_delete": bool(found.kept_as) and may(actions.delete_rows, actor=actor),
            "breadcrumbs": crumbs(*_PLACE, {"label": "接收记录", "url": reverse("deliveries")}, {"label": found.file_name}),
        },
        status=422 if form.errors else 200,
    )


def _refuse_others(request: ActingRequest) -> None:
    if reason := why_not(actions.receive_extract, actor=request.actor):
        raise Refused(reason)


def _columns_page(request: ActingRequest, form: MappingForm, grid: Grid, source: Source, waits: dict[str, Any]) -> HttpResponse:
    shown = [[covered(str(text or "")) for text in column.slice(0, SAMPLES).to_pylist()] for column in grid.columns]
    faults = _faults([str(error) for error in form.non_field_errors()])
    as_of = date.fromisoformat(waits["as_of"])
    return render(
        request,
        "verification/columns.html",
        {
            "form": form,
            "source": source,
            "waits": {**waits, "as_of": as_of},
            "cautions": queries.arrival_cautions(request.actor, source=source.id, as_of=as_of, rows=len(grid.numbers)),
            "rows": [
                {"header": header, "field": form[f"column_{place}"], "samples": shown[place]}
                for place, header in enumerate(grid.headers)
            ],
            "count": len(grid.numbers),
            "remembered": was_read_before(source.id, waits["department"], grid.head),
            "faults": FaultTable(faults, orderable=False) if faults else None,
            "breadcrumbs": crumbs(*_PLACE, {"label": "接收数据", "url": reverse("delivery-new")}, {"label": "核对列的含义"}),
        },
        status=422 if form.errors else 200,
    )


def _faults(sentences: list[str]) -> list[dict[str, Any]]:
    """The rows that the refusal names, taken apart for a table."""
    found = []
    # What a sentence says after its own semicolon, the way out, stays with it.
    for part in re.split(r"[；：](?=第 \d+ 行“)", "；".join(sentences)):
        if match := _FAULT.fullmatch(part.strip()):
            said = re.sub(r"(……|，)共 \d+ 处.*$", "", match["said"])
            found.append({"row": int(match["row"]), "field": match["field"], "said": said})
    return found
