"""The pages of a simulation: what is supposed, and what would come of it."""

from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.base.money import format_wan, format_yuan
from anmin.base.periods import Month
from anmin.ground.entitlements import foresight
from anmin.ground.policy.simulation import Mover, Simulated
from anmin.ground.policy.simulation_sheets import workbook
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.simulation.forms import ChangeForm

MOVERS_SHOWN = 20
TOWNS_SHOWN = 30
_HOME = {"label": "首页", "url": "/"}


def simulation(request: ActingRequest) -> HttpResponse:
    """The form, and beneath it what would come of the change; the result is fetched when the page is there."""
    asked = "figure1" in request.GET
    form = ChangeForm(request.GET if asked else None, month=Month.from_date(clock.today()) + 1)
    ready = asked and form.is_valid()
    return render(
        request,
        "simulation/simulation.html",
        {
            "form": form,
            "ready": ready,
            "changes": form.cleaned_data["changes"] if ready else [],
            "months": form.cleaned_data["months"] if ready else 0,
            "query": request.GET.urlencode(),
            "breadcrumbs": [_HOME, {"label": "提标测算"}],
        },
        status=200 if ready or not asked else 422,
    )


def result(request: ActingRequest) -> HttpResponse:
    """What would come of the change, as a part of the page or as a workbook; nothing is written."""
    form = ChangeForm(request.GET, month=Month.from_date(clock.today()) + 1)
    if not form.is_valid():
        raise Refused("测算条件不完整，请返回重新填写。")
    asked = form.cleaned_data
    made = foresight.simulation(request.actor, asked["changes"], first=asked["since"], months=asked["months"])
    names = foresight.names_of(made)
    if listing.wants_xlsx(request):
        answer = HttpResponse(workbook(made, names), content_type=listing.XLSX)
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'提标测算-{clock.today():%Y%m%d}.xlsx')}"
        return answer
    total = made.total
    entering = sum(each.enters for each in made.movers)
    movers = sorted(made.movers, key=lambda each: (not each.enters, each.programme, each.town))
    return render(
        request,
        "simulation/result.html",
        {
            "made": made,
            "total": total,
            "before_wan": format_wan(total.before.fen),
            "after_wan": format_wan(total.after.fen),
            "more": format_wan(total.more),
            "per_cent": None if not total.before.fen else round(total.more / total.before.fen * 100, 1),
            "monthly": f"平均每月 {format_yuan(total.more // len(made.months))} 元",
            "people": total.after.persons - total.before.persons,
            "movers_said": f"{entering} / {len(made.movers) - entering}",
            "months_chart": _months(made),
            "towns_chart": _towns(made),
            "towns_height": 60 + 26 * len({line.town for line in made.lines}),
            "groups": [
                ("分项目", made.by_programme()),
                ("按保障方式", made.by_category()),
                ("按资金来源", made.by_source()),
                ("按镇（街道）", made.by_town()),
            ],
            "movers": [_mover(made, each, names) for each in movers[:MOVERS_SHOWN]],
            "movers_more": max(len(movers) - MOVERS_SHOWN, 0),
            "export": f"{reverse('simulation-result')}?{_with_export(request)}",
        },
    )


def _with_export(request: ActingRequest) -> str:
    query = request.GET.copy()
    query["export"] = "xlsx"
    return query.urlencode()


def _months(made: Simulated) -> dict[str, Any]:
    found = made.by_month()
    return {
        "categories": [each.label for each in found],
        "unit": "万元",
        "from_zero": False,
        "series": [
            {"name": "现行标准", "values": [_wan(each.before.fen) for each in found], "dashed": True},
            {"name": "调整后", "values": [_wan(each.after.fen) for each in found]},
        ],
    }


def _towns(made: Simulated) -> dict[str, Any] | None:
    found = sorted(made.by_town(), key=lambda each: -each.more)[:TOWNS_SHOWN]
    if len(found) < 2:
        return None
    return {
        "categories": [each.label for each in found],
        "unit": "万元",
        "horizontal": True,
        "labels": True,
        "series": [{"name": "增加的支出", "values": [_wan(each.more) for each in found]}],
    }


def _wan(fen: int) -> float:
    return float(format_wan(fen))


def _mover(made: Simulated, mover: Mover, names: Any) -> dict[str, Any]:
    of_person = mover.person is not None
    return {
        "enters": mover.enters,
        "programme": made.labels[mover.programme],
        "name": names.get(("person", int(mover.person)) if of_person else ("household", int(mover.household)), ""),
        "href": record_url("person", int(mover.person)) if of_person else record_url("household", int(mover.household)),
        "town": mover.town,
        "month": mover.month.label,
        "before": mover.before,
        "after": mover.after,
    }
