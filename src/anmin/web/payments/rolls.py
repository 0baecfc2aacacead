"""The rolls: generated, checked, approved by three people, or thrown away before."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments import actions, queries
from anmin.ground.payments.vocabulary import PaymentState, RollState
from anmin.ground.policy.programmes import DECIDED
from anmin.web import listing
from anmin.web.asking import may, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.payments.forms import DiscardForm, GenerateForm, RollFilter
from anmin.web.payments.tables import ROLL_TONES, RollTable
from anmin.web.templatetags.anmin import money_text

HOME = {"label": "首页", "url": "/"}
_MONTHS = 12
_GRID_MONTHS = 6


def rolls(request: ActingRequest) -> HttpResponse:
    """The rolls, the latest first, and the next one to be generated."""
    actor, on = request.actor, clock.today()
    known = list(queries.rolls(actor))
    first = min((Month.from_date(on) - (_MONTHS - 1)).first_day, date(on.year, 1, 1))
    paid = queries.paid_by_benefit(actor, first, on)
    years = sorted({int(each.month[:4]) for each in known}, reverse=True)
    form = RollFilter(request.GET, years=years)
    asked = form.cleaned_data if form.is_valid() else {}
    found = [
        each
        for each in known
        if each.month.startswith(asked.get("year", ""))
        and asked.get("benefit", "") in ("", each.benefit)
        and asked.get("state", "") in ("", each.state)
    ]
    table = listing.configured(request, RollTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "发放名册")
    return render(
        request,
        "payments/rolls.html",
        {
            "form": form,
            "table": table,
            "stats": _stats(actor, known, paid, on),
            "chart": _paid_chart(paid, on),
            "grid": _grid(known, on),
            "generate_form": GenerateForm(months=_offered(known, on)) if may(actions.generate_roll, actor=actor) else None,
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "资金发放"}],
        },
    )


@require_POST
def generate(request: ActingRequest) -> HttpResponse:
    """The roll of a month is there, complete."""
    on = clock.today()
    form = GenerateForm(request.POST, months=_offered([], on, reach=36))
    if not form.is_valid():
        messages.error(request, "请从列表中选择待遇和月份。")
        return redirect("rolls")
    asked = form.cleaned_data
    made = actions.generate_roll(benefit=asked["benefit"], month=asked["month"], actor=request.actor, on=on)
    families = f"{made.household_count} 户、" if unit_of(made.benefit) == "户" else ""
    messages.success(request, f"已生成{name_of(made)}：{families}{made.person_count} 人，合计 {format_yuan(made.total)} 元。")
    return redirect("roll", made.pk)


def roll(request: ActingRequest, roll_id: int) -> HttpResponse:
    """What the checker and the approver look at: control totals, what changed, what is in doubt, by town."""
    return _roll_page(request, found_roll(request.actor, roll_id))


@require_POST
def check(request: ActingRequest, roll_id: int) -> HttpResponse:
    """The roll was looked at by another person."""
    made = actions.check_roll(roll=found_roll(request.actor, roll_id), actor=request.actor, on=clock.today())
    messages.success(request, f"已复核{name_of(made)}，各行封印和合计相符。请审批人审批。")
    return redirect("roll", made.pk)


@require_POST
def approve(request: ActingRequest, roll_id: int) -> HttpResponse:
    """The roll is frozen and its payments wait for the bank."""
    made = actions.approve_roll(roll=found_roll(request.actor, roll_id), actor=request.actor, on=clock.today())
    messages.success(request, f"已审批{name_of(made)}，名册从此不变。请发放经办人生成银行文件。")
    return redirect("roll", made.pk)


@require_POST
def discard(request: ActingRequest, roll_id: int) -> HttpResponse:
    """The roll is gone and may be generated anew."""
    found = found_roll(request.actor, roll_id)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        return _roll_page(request, found, form)
    name = name_of(found)
    actions.discard_roll(roll=found, reason=form.cleaned_data["reason"], actor=request.actor, on=clock.today())
    messages.success(request, f"已作废{name}，可以重新生成。")
    return redirect("rolls")


def found_roll(actor: Actor, roll_id: int) -> Any:
    """The roll with this id, or a page that is not there."""
    found = queries.roll_by_id(actor, roll_id)
    if found is None:
        raise Http404
    return found


def name_of(roll: Any) -> str:
    """What a roll is called: 低保2024年6月名册."""
    return f"{BENEFITS[roll.benefit].label}{Month.parse(roll.month).label}名册"


def unit_of(benefit: str) -> str:
    """Whether a line is a family's or a person's."""
    return "人" if benefit in DECIDED and DECIDED[benefit].unit == "person" else "户"


def framed(roll: Any, current: str, actor: Actor) -> dict[str, Any]:
    """What every page about a roll shows above its content."""
    state = RollState(roll.state)
    pages = [
        ("roll", "概况"),
        ("roll-lines", f"逐{unit_of(roll.benefit)}明细"),
        ("roll-changes", "与上月相比"),
        ("roll-notices", "需要关注"),
        ("roll-bank", "银行发放"),
    ]
    return {
        "roll": roll,
        "name": name_of(roll),
        "state": state.label,
        "state_tone": ROLL_TONES[state],
        "unit": unit_of(roll.benefit),
        "tabs": [{"label": label, "href": reverse(url, args=[roll.pk]), "current": url == current} for url, label in pages],
        "breadcrumbs": [
            HOME,
            {"label": "资金发放", "url": reverse("rolls")},
            *(
                [{"label": name_of(roll)}]
                if current == "roll"
                else [{"label": name_of(roll), "url": reverse("roll", args=[roll.pk])}]
            ),
            *({"label": label} for url, label in pages if url == current and url != "roll"),
        ],
    }


def _roll_page(request: ActingRequest, roll: Any, discard_form: DiscardForm | None = None) -> HttpResponse:
    actor = request.actor
    totals = queries.control_totals(actor, roll)
    counts = queries.payment_counts(actor, roll)
    is_open = roll.state != RollState.APPROVED
    return render(
        request,
        "payments/roll.html",
        {
            **framed(roll, "roll", actor),
            "totals": totals,
            "steps": _steps(roll, counts),
            "bridge": _bridge(totals),
            "towns": queries.totals_by_town(actor, roll),
            "notices": queries.notices(actor, roll).count(),
            "may_check": roll.state == RollState.GENERATED and may(actions.check_roll, actor=actor, roll=roll),
            "may_approve": roll.state == RollState.CHECKED and may(actions.approve_roll, actor=actor, roll=roll),
            "may_discard": is_open and may(actions.discard_roll, actor=actor),
            "waits_for": _waits_for(roll, actor),
            "discard_form": discard_form or DiscardForm(),
            "facts": [
                ("生成", _hand(roll.generated_by, roll.generated_on)),
                ("复核", _hand(roll.checked_by, roll.checked_on)),
                ("审批", _hand(roll.approved_by, roll.approved_on)),
                ("发放日期", f"{roll.pay_on}"),
                {
                    "label": "名册封印",
                    "value": roll.seal,
                    "wide": True,
                    "copyable": True,
                    "note": f"规则版本 {roll.rules_version}",
                },
            ],
        },
        status=422 if discard_form else 200,
    )


def _hand(person: Any, on: date | None) -> str | None:
    """Who did it when; nothing before it was done. The system has no account."""
    if on is None:
        return None
    return f"{person.name if person else '系统'}，{on}"


def _waits_for(roll: Any, actor: Actor) -> str:
    """Why the one who looks cannot take the next step, in words."""
    if roll.state == RollState.GENERATED:
        return why_not(actions.check_roll, actor=actor, roll=roll)
    if roll.state == RollState.CHECKED:
        return why_not(actions.approve_roll, actor=actor, roll=roll)
    return ""


def _steps(roll: Any, counts: dict[PaymentState, tuple[int, int]]) -> list[dict[str, str]]:
    generated, checked, approved = roll.generated_on, roll.checked_on, roll.approved_on
    waiting, sent = counts[PaymentState.DUE][0], counts[PaymentState.SENT][0]
    paid, failed = counts[PaymentState.PAID][0], counts[PaymentState.FAILED][0]
    everything = waiting + sent + paid + failed
    to_bank = "todo" if not approved else "done" if everything and not waiting else "current"
    to_family = "failed" if failed else "done" if everything and paid == everything else "current" if sent or paid else "todo"
    return [
        {"label": "生成", "state": "done", "detail": f"{generated:%m-%d}"},
        {"label": "复核", "state": "done" if checked else "current", "detail": f"{checked:%m-%d}" if checked else "等待"},
        {
            "label": "审批",
            "state": "done" if approved else "current" if checked else "todo",
            "detail": f"{approved:%m-%d}" if approved else "",
        },
        {"label": "送银行", "state": to_bank, "detail": f"待送 {waiting} 笔" if waiting else ""},
        {"label": "到账", "state": to_family, "detail": f"失败 {failed} 笔" if failed else f"成功 {paid} 笔" if paid else ""},
    ]


def _bridge(totals: Any) -> list[dict[str, Any]]:
    """Last month's due, and how it became this month's."""
    before, households = (totals.before.due, totals.before.households) if totals.before else (0, None)
    return [
        {"label": "上月应发" if totals.before else "上月没有名册", "count": households, "amount": before, "total": True},
        {"label": "新增", "count": totals.entered_count, "amount": totals.entered},
        {"label": "退出", "count": totals.left_count, "amount": -totals.left},
        {"label": "调增", "count": totals.raised_count, "amount": totals.raised},
        {"label": "调减", "count": totals.lowered_count, "amount": -totals.lowered},
        {"label": "本月应发", "count": totals.now.households, "amount": totals.now.due, "total": True},
    ]


def _offered(known: list[Any], on: date, reach: int = 12) -> list[Month]:
    """The months a roll may be wanted for: after the latest of the benefit that is furthest behind, up to next month."""
    last = Month.from_date(on) + 1
    if known:
        latest: dict[str, str] = {}
        for each in known:
            latest[each.benefit] = max(each.month, latest.get(each.benefit, ""))
        first = max(Month.parse(min(latest.values())) + 1, last - (reach - 1))
        return list(Month.range(first, last)) or [last]
    return [last - back for back in range(reach)]


def _grid(known: list[Any], on: date) -> dict[str, Any] | None:
    """The rolls of the last months, a row for each benefit: where each stands, and what is missing. None for a single benefit."""
    months = list(Month.range(Month.from_date(on) - (_GRID_MONTHS - 2), Month.from_date(on) + 1))
    by_place = {(each.benefit, each.month): each for each in known}
    benefits = [address for address in BENEFITS if any((address, str(month)) in by_place for month in months)]
    if len(benefits) < 2:
        return None
    return {
        "months": months,
        "rows": [
            {
                "label": BENEFITS[address].label,
                "href": f"?benefit={address}",
                "cells": [_cell(by_place.get((address, str(month)))) for month in months],
            }
            for address in benefits
        ],
    }


def _cell(roll: Any) -> dict[str, Any] | None:
    if roll is None:
        return None
    state = RollState(roll.state)
    return {
        "href": reverse("roll", args=[roll.pk]),
        "total": roll.seen_total,
        "state": state.label,
        "tone": ROLL_TONES[state],
        "is_open": state != RollState.APPROVED,
    }


def _stats(actor: Actor, known: list[Any], paid: dict[str, dict[Month, int]], on: date) -> list[dict[str, Any]]:
    """The latest month's rolls, this year's payments, and what needs a hand."""
    this_year = sum(fen for months in paid.values() for month, fen in months.items() if month.first_day.year == on.year)
    failed = queries.payments(actor, state=PaymentState.FAILED).count()
    open_recoveries = queries.recoveries(actor).count()
    newest = [each for each in known if each.month == known[0].month] if known else []
    waiting = sum(each.state != RollState.APPROVED for each in known)
    return [
        {
            "label": f"{Month.parse(newest[0].month).label}名册合计" if newest else "最近名册",
            "value": money_text(sum(each.seen_total for each in newest)) if newest else "—",
            "unit": "元",
            "icon": "receipt",
            "href": reverse("roll", args=[newest[0].pk]) if len(newest) == 1 else "",
            "note": _newest_note(newest, waiting),
        },
        {
            "label": f"{on.year}年已到账",
            "value": money_text(this_year),
            "unit": "元",
            "icon": "cash",
            "href": "",
            "note": "以银行回盘为准",
        },
        {
            "label": "发放失败待处理",
            "value": failed,
            "unit": "笔",
            "icon": "alert-circle",
            "tone": "danger" if failed else "",
            "href": f"{reverse('payments')}?state=failed",
        },
        {"label": "待追回", "value": open_recoveries, "unit": "笔", "icon": "arrow-back-up", "href": reverse("recoveries")},
    ]


def _newest_note(newest: list[Any], waiting: int) -> str:
    if len(newest) == 1:
        return str(RollState(newest[0].state).label)
    return f"{len(newest)} 份，待复核、审批 {waiting} 份" if newest else ""


def _paid_chart(paid: dict[str, dict[Month, int]], on: date) -> dict[str, Any] | None:
    last = Month.from_date(on)
    shown = {
        benefit.label: {month: fen for month, fen in paid[address].items() if month > last - _MONTHS}
        for address, benefit in BENEFITS.items()
        if address in paid
    }
    # Months before the first payment say nothing: the platform was not there yet.
    paid_in = [month for sums in shown.values() for month, fen in sums.items() if fen]
    if not paid_in:
        return None
    months = list(Month.range(min(paid_in), last))
    return {
        "categories": [month.label for month in months],
        "unit": "万元",
        "stack": True,
        "series": [
            {"name": label, "values": [round(sums.get(month, 0) / 1_000_000, 2) for month in months]}
            for label, sums in shown.items()
            if any(sums.values())
        ],
    }
