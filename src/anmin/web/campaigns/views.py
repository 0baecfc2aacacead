"""Campaigns: the list, one with its roster and totals, and what may be done with it; one person of a roster."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from anmin.base import clock
from anmin.base.money import format_yuan
from anmin.base.periods import Month
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.lines.assistance.campaigns import actions, queries
from anmin.lines.assistance.campaigns.vocabulary import FROM_HOLDINGS, Budget, CampaignKind, CampaignState, Group
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.campaigns.forms import CampaignsFilter, GiftForm, ProposeForm, ReasonForm, RowsFilter, WithholdForm
from anmin.web.campaigns.tables import STATE_TONES, CampaignTable, RosterTable
from anmin.web.middleware import ActingRequest
from anmin.web.payments.tables import PAYMENT_TONES
from anmin.web.records import record_url
from anmin.web.templatetags.anmin import chinese_date, money_text

HOME = {"label": "首页", "url": "/"}
_LIST = {"label": "一次性发放"}


def campaigns(request: ActingRequest) -> HttpResponse:
    """The campaigns, the latest first."""
    form = CampaignsFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.campaigns(request.actor).filter(**{name: value for name, value in asked.items() if value})
    table = listing.configured(request, CampaignTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "一次性发放")
    return render(
        request,
        "campaigns/campaigns.html",
        {
            "form": form,
            "table": table,
            "may_propose": may(actions.propose_campaign, actor=request.actor),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, _LIST],
        },
    )


def propose(request: ActingRequest) -> HttpResponse:
    """A campaign is proposed."""
    on = clock.today()
    form = ProposeForm(request.POST or None, on=on)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.propose_campaign(**form.cleaned_data, actor=request.actor, on=on))
        if made is not None:
            messages.success(request, f"已拟定{made}。")
            return redirect("campaign", made.pk)
    return render(
        request,
        "campaigns/propose.html",
        {"form": form, "breadcrumbs": [HOME, {**_LIST, "url": reverse("campaigns")}, {"label": "拟定名册"}]},
        status=422 if form.errors else 200,
    )


def campaign(
    request: ActingRequest, campaign_id: int, reason_form: ReasonForm | None = None, gift_form: GiftForm | None = None
) -> HttpResponse:
    """One campaign: where it stands, what each budget gives, by town, and everybody on its roster."""
    actor, found = request.actor, _found(request.actor, campaign_id)
    form = RowsFilter(request.GET, towns=list(areas.towns(actor, on=clock.today())))
    table = RosterTable(_chosen(queries.rows(actor, found), form))
    budgets = queries.totals_by_budget(actor, found)
    table.exclude = _unused(found, [each.budget for each in budgets])
    table = listing.configured(request, table)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, str(found))
    state, by_hand = CampaignState(found.state), found.kind not in FROM_HOLDINGS
    towns = queries.totals_by_town(actor, found)
    return render(
        request,
        "campaigns/campaign.html",
        {
            "campaign": found,
            "kind": CampaignKind(found.kind).label,
            "state": state.label,
            "tone": STATE_TONES[state],
            "steps": _steps(found),
            "facts": _facts(found, actor),
            "budgets": budgets,
            "towns": towns,
            "seen": {name: sum(getattr(each, name) for each in towns) for name in ("persons", "amount", "gifts", "paid")},
            "left_out": queries.rows(actor, found).exclude(left_out="").count(),
            "villages": queries.villages_without(actor, found) if found.kind == CampaignKind.VILLAGE_VISIT else [],
            "roll": queries.roll_of(actor, found),
            "by_hand": by_hand,
            "is_draft": state == CampaignState.DRAFT,
            **_open_to(actor, found),
            "form": form,
            "table": table,
            "reason_form": reason_form or ReasonForm(),
            "gift_form": gift_form or GiftForm(initial={"given_on": clock.today()}),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {**_LIST, "url": reverse("campaigns")}, {"label": str(found)}],
        },
        status=422 if reason_form or gift_form else 200,
    )


_PLAIN: dict[str, tuple[Callable[..., Any], str]] = {
    "freeze": (actions.freeze_roster, "名册已冻结，请另一人复核。"),
    "check": (actions.check_campaign, "已复核，各来源合计相符。请审批人审批。"),
    "approve": (actions.approve_campaign, "已审批，名册从此不变。有金额的，请发放经办人生成发放名册。"),
}
_WITH_REASON: dict[str, tuple[Callable[..., Any], str]] = {
    "reopen": (actions.reopen_roster, "已退回重新拟定。"),
    "discard": (actions.discard_campaign, "已作废。"),
}


def act(request: ActingRequest, campaign_id: int, verb: str) -> HttpResponse:
    """One step of a campaign; what asks for a reason is answered on the page itself."""
    if request.method != "POST" or verb not in {*_PLAIN, *_WITH_REASON, "gifts"}:
        raise Http404
    found, on = _found(request.actor, campaign_id), clock.today()
    if verb == "gifts":
        return _hand_over(request, found)
    if verb in _PLAIN:
        action, done = _PLAIN[verb]
        action(campaign=found, actor=request.actor, on=on)
    else:
        action, done = _WITH_REASON[verb]
        form = ReasonForm(request.POST)
        if not form.is_valid() or (
            attempt(form, lambda: action(campaign=found, reason=form.cleaned_data["reason"], actor=request.actor, on=on)) is None
        ):
            return campaign(request, campaign_id, reason_form=form)
    messages.success(request, f"{found}：{done}")
    return redirect("campaigns") if verb == "discard" else redirect("campaign", campaign_id)


def row(request: ActingRequest, row_id: int) -> HttpResponse:
    """One person of a roster: as what, why so much, out of whose budget, whether it arrived; leaving out and withholding."""
    actor = request.actor
    found: Any = queries.row(actor, row_id)
    if found is None:
        raise Http404
    shares = [share for share in found.shares.all() if share.amount or share.withheld]
    open_ = found.campaign.state == CampaignState.FROZEN and may(actions.leave_out, actor=actor)
    budgets = [share.budget for share in shares if share.amount]
    asks = request.POST.get("verb", "")
    reason = ReasonForm(request.POST if asks == "leave_out" else None)
    withhold = WithholdForm(request.POST if asks == "withhold" else None, budgets=budgets)
    if reason.is_bound and reason.is_valid() and _left_out(request, found, reason):
        return redirect("campaign-row", row_id)
    if withhold.is_bound and withhold.is_valid() and _withheld(request, found, withhold):
        return redirect("campaign-row", row_id)
    payment: Any = queries.payment_of(actor, found)
    return render(
        request,
        "campaigns/row.html",
        {
            "row": found,
            "facts": _row_facts(found),
            "shares": [(Budget(share.budget).label, share.amount, share.withheld) for share in shares],
            "why": queries.why(actor, found).paragraph if found.campaign.state != CampaignState.DRAFT else "",
            "payment": payment,
            "payment_tone": PAYMENT_TONES.get(payment.state, "neutral") if payment else "",
            "may_change": open_ and not found.left_out,
            "budgets": budgets,
            "reason_form": reason,
            "withhold_form": withhold,
            "breadcrumbs": [
                HOME,
                {**_LIST, "url": reverse("campaigns")},
                {"label": str(found.campaign), "url": reverse("campaign", args=[found.campaign_id])},
                {"label": found.person.name},
            ],
        },
        status=422 if reason.errors or withhold.errors else 200,
    )


def _left_out(request: ActingRequest, found: Any, form: ReasonForm) -> bool:
    """Whether the person is left out now; otherwise the form says why not."""
    said = form.cleaned_data["reason"]
    made = attempt(form, lambda: actions.leave_out(row=found, reason=said, actor=request.actor, on=clock.today()))
    if made is not None:
        messages.success(request, f"已登记{found.person.name}不予发放。")
    return made is not None


def _withheld(request: ActingRequest, found: Any, form: WithholdForm) -> bool:
    """Whether the budget's money is withheld now; otherwise the form says why not."""
    budget, why = form.cleaned_data["budget"], form.cleaned_data["why"]
    made = attempt(
        form, lambda: actions.withhold_share(row=found, budget=budget, reason=why, actor=request.actor, on=clock.today())
    )
    if made is not None:
        messages.success(request, f"已登记{found.person.name}不发{Budget(budget).label}部分。")
    return made is not None


def _hand_over(request: ActingRequest, found: Any) -> HttpResponse:
    """Everybody of the reader's place who has a gift to get, has it."""
    form = GiftForm(request.POST)
    if form.is_valid():
        rows = list(queries.rows(request.actor, found).filter(gifts__gt=0, gifts_given_on=None))
        made = attempt(
            form,
            lambda: actions.record_gifts(campaign=found, rows=rows, **form.cleaned_data, actor=request.actor, on=clock.today()),
        )
        if made is not None:
            messages.success(request, f"{found}：已登记 {len(rows)} 人领取慰问品。")
            return redirect("campaign", found.pk)
    return campaign(request, found.pk, gift_form=form)


def _found(actor: Actor, campaign_id: int) -> Any:
    found = queries.campaign(actor, campaign_id)
    if found is None:
        raise Http404
    return found


def _chosen(rows: Any, form: RowsFilter) -> Any:
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("text"):
        rows = rows.filter(person__name__contains=asked["text"].strip())
    if asked.get("town"):
        rows = rows.filter(area__path__startswith=asked["town"])
    if asked.get("group"):
        # A list of words as it is stored; SQLite cannot look into JSON lists by `contains`.
        rows = rows.filter(groups__icontains=f'"{asked["group"]}"')
    if asked.get("mark") == "left_out":
        rows = rows.exclude(left_out="")
    if asked.get("mark") == "withheld":
        rows = rows.filter(withheld=True)
    if asked.get("mark") == "gifts_open":
        rows = rows.filter(gifts__gt=0, gifts_given_on=None)
    return rows


def _unused(found: Any, budgets: list[Budget]) -> list[str]:
    """The columns that would be empty: budgets that give nothing, gifts where there are none."""
    empty = [f"from_{budget.value}" for budget in Budget if budget not in budgets]
    return empty if found.gifts else [*empty, "gifts", "gifts_given_on"]


def _open_to(actor: Actor, found: Any) -> dict[str, bool]:
    """What this reader may do with the campaign as it stands."""
    state, prepares = found.state, may(actions.freeze_roster, actor=actor)
    open_gifts = queries.rows(actor, found).filter(gifts__gt=0, gifts_given_on=None)
    return {
        "may_freeze": state == CampaignState.DRAFT and prepares,
        "may_check": state == CampaignState.FROZEN and may(actions.check_campaign, actor=actor, campaign=found),
        "may_approve": state == CampaignState.CHECKED and may(actions.approve_campaign, actor=actor, campaign=found),
        "may_reopen": state in (CampaignState.FROZEN, CampaignState.CHECKED) and prepares,
        "may_discard": state != CampaignState.APPROVED and prepares,
        "may_hand_over": state == CampaignState.APPROVED
        and bool(found.gifts)
        and may(actions.record_gifts, actor=actor)
        and open_gifts.exists(),
    }


def _steps(found: Any) -> list[dict[str, str]]:
    order = list(CampaignState)
    place = order.index(CampaignState(found.state))
    by = [found.made_by, found.frozen_by, found.checked_by, found.approved_by]
    on = [found.made_on, found.frozen_on, found.checked_on, found.approved_on]
    labels = ("拟定", "冻结名册", "复核", "审批")
    return [
        {
            "label": label,
            "state": "done" if at <= place else "current" if at == place + 1 else "todo",
            "detail": f"{who.name if who else '系统'} {day:%m-%d}" if day else "",
        }
        for at, (label, who, day) in enumerate(zip(labels, by, on, strict=True))
    ]


def _facts(found: Any, actor: Actor) -> list[Any]:
    for_month = Month.parse(found.for_month).label
    return [
        ("名册截止日", chinese_date(found.cutoff_on)),
        ("发放月份", Month.parse(found.pay_month).label),
        ("标准所属月份", for_month),
        ("依据文件", found.document or None),
        ("全市人数", f"{found.persons:,} 人"),
        ("全市金额", f"{money_text(found.total)} 元"),
    ]


def _row_facts(found: Any) -> list[Any]:
    return [
        {"label": "姓名", "value": found.person.name, "href": record_url("person", found.person_id)},
        ("身份证号", found.person.identity_mask),
        ("镇村", f"{found.area.parent.name if found.area.parent else ''}{found.area.name}"),
        ("类别", "、".join(str(Group(each).label) for each in found.groups) or None),
        {"label": "领款人", "value": found.payee.name, "href": record_url("person", found.payee_id)},
        ("金额", f"{format_yuan(found.amount)} 元"),
        ("慰问品", f"{found.gifts} 份" if found.gifts else None),
        ("领取", f"{found.gifts_given_on} {found.gifts_taken_by or '本人'}" if found.gifts_given_on else None),
    ]
