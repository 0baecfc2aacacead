"""The lines of a roll, each with what it rested on; what moved against last month; what needs a look."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.areas import queries as areas
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments import queries
from anmin.ground.payments.vocabulary import LineKind
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.payments.forms import KINDS_OF_CHANGE, ChangeFilter, LineFilter, NoticeFilter
from anmin.web.payments.rolls import HOME, found_roll, framed, name_of, unit_of
from anmin.web.payments.tables import LINE_TONES, ChangeTable, LineTable, NoticeTable
from anmin.web.records import record_url, why_url
from anmin.web.templatetags.anmin import money_text

_NOT_DUE = {"suspended": "已决定暂停发放，本月不应发", "not_in_force": "待遇在该月不在有效期内，不应发"}


def lines(request: ActingRequest, roll_id: int) -> HttpResponse:
    """Every line of the roll."""
    roll = found_roll(request.actor, roll_id)
    form = LineFilter(request.GET, towns=list(areas.towns(request.actor, on=clock.today())))
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = {key: asked.get(key, "").strip() for key in ("town", "kind", "search")}
    found = queries.lines(request.actor, roll, **wanted)
    table = listing.configured(request, LineTable(found), per_page=50)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{name_of(roll)}明细")
    return render(
        request,
        "payments/lines.html",
        {
            **framed(roll, "roll-lines", request.actor),
            "form": form,
            "table": table,
            "total": queries.lines_total(request.actor, roll, **wanted),
            "export": listing.export_address(request),
        },
    )


def changes(request: ActingRequest, roll_id: int) -> HttpResponse:
    """Whose amount moved against last month, the largest movement first."""
    roll = found_roll(request.actor, roll_id)
    form = ChangeFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    search = asked.get("search", "").strip()
    rows = [
        {
            "entitlement_id": each.entitlement_id,
            "number": each.number,
            "holder": each.holder,
            "area": each.area,
            "kind": KINDS_OF_CHANGE[each.kind],
            "before": each.before,
            "after": each.after,
            "difference": each.after - each.before,
        }
        for each in queries.changes(request.actor, roll)
        if asked.get("kind", "") in ("", each.kind) and (not search or search in each.holder or search in each.number)
    ]
    table = listing.configured(request, ChangeTable(rows), per_page=50)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{name_of(roll)}变动")
    return render(
        request,
        "payments/changes.html",
        {
            **framed(roll, "roll-changes", request.actor),
            "form": form,
            "table": table,
            "total": sum(row["difference"] for row in rows),
            "export": listing.export_address(request),
        },
    )


def notices(request: ActingRequest, roll_id: int) -> HttpResponse:
    """Whom the roll passes over or wants looked at, with the reasons."""
    roll = found_roll(request.actor, roll_id)
    form = NoticeFilter(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    table = listing.configured(request, NoticeTable(queries.notices(request.actor, roll, kind)), per_page=50)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{name_of(roll)}关注事项")
    return render(
        request,
        "payments/notices.html",
        {
            **framed(roll, "roll-notices", request.actor),
            "form": form,
            "table": table,
            "export": listing.export_address(request),
        },
    )


def line(request: ActingRequest, line_id: int) -> HttpResponse:
    """One line with the copy of what its amount rested on."""
    found = queries.line(request.actor, line_id)
    if found is None:
        raise Http404
    entitlement, roll = found.entitlement, found.roll
    kind = LineKind(found.kind)
    return render(
        request,
        "payments/line.html",
        {
            "line": found,
            "name": name_of(roll),
            "unit": unit_of(roll.benefit),
            "month": Month.parse(found.for_month).label,
            "kind": kind.label,
            "kind_tone": LINE_TONES[kind],
            "facts": [
                _linked("保障证号", entitlement.number, record_url("entitlement", entitlement.pk)),
                _linked("家庭编号", entitlement.household.number, record_url("household", entitlement.household_id)),
                _linked("持证人", entitlement.holder.name, record_url("person", entitlement.holder_id)),
                ("领款人", entitlement.payee.name),
                ("地区", "".join(each.name for each in (found.area.parent, found.area) if each)),
                ("所属月份", Month.parse(found.for_month).label),
                ("计发人数", f"{found.persons} 人"),
                _linked("所在名册", name_of(roll), reverse("roll", args=[roll.pk])),
                {"label": "本行封印", "value": found.seal or None, "wide": True, "copyable": bool(found.seal)},
            ],
            "amounts": [("该月应发", found.due), ("此前名册已列", found.already), ("本次金额", found.amount)],
            "snapshot": _snapshot(found, roll.benefit),
            "documents": found.snapshot.get("documents", []),
            "causes": queries.causes(request.actor, found),
            "not_due": _NOT_DUE.get(found.snapshot.get("not_due", ""), ""),
            "why": why_url(found),
            "history": reverse("household-payments", args=[entitlement.household_id]),
            "breadcrumbs": [
                HOME,
                {"label": "资金发放", "url": reverse("rolls")},
                {"label": name_of(roll), "url": reverse("roll", args=[roll.pk])},
                {"label": f"逐{unit_of(roll.benefit)}明细", "url": reverse("roll-lines", args=[roll.pk])},
                {"label": entitlement.number},
            ],
        },
    )


def _linked(label: str, value: str, href: str) -> dict[str, str]:
    return {"label": label, "value": value, "href": href}


def _snapshot(line: Any, benefit: str) -> list[tuple[str, str]]:
    """The parts of the amount under the names of the benefit."""
    declared = BENEFITS[benefit]
    route = line.snapshot.get("route", "")
    made = [("申请方式", declared.routes.get(route, ""))] if route in declared.routes else []
    parts = line.snapshot.get("parts", {})
    for name, label in declared.labels.items():
        if name in parts:
            value = parts[name]
            made.append((label, declared.codes[name].get(value, "") if name in declared.codes else f"{money_text(value)} 元"))
    return made
