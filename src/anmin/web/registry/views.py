"""The machines of other offices: the administrator lets them in and puts them out, the auditor reads."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.audit import queries as audit
from anmin.ground.registry import actions, queries
from anmin.ground.registry.vocabulary import Register
from anmin.web import listing
from anmin.web.asking import attempt, may
from anmin.web.audit.lines import as_entries
from anmin.web.middleware import ActingRequest
from anmin.web.registry.forms import ClientForm, RevokeForm
from anmin.web.registry.tables import STATE_TONES, ClientTable

READERS = (Role.ADMINISTRATOR, Role.AUDITOR)
_HOME = {"label": "首页", "url": "/"}


def clients(request: ActingRequest) -> HttpResponse:
    """Every machine, with its state today."""
    _refuse_outsider(request.actor)
    on = clock.today()
    last = queries.last_messages(request.actor)
    rows = [
        {
            "client_id": each.client_id,
            "name": each.name,
            "registers": _registers(each),
            "areas": "、".join(area.name for area in each.areas.all()),
            "valid_until": each.valid_until,
            "last_at": f"{localtime(last[each.pk]):%Y-%m-%d %H:%M}" if each.pk in last else "",
            "state": _state(each, on),
        }
        for each in queries.clients(request.actor)
    ]
    table = listing.configured(request, ClientTable(rows, order_by="name"))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "外部系统")
    return render(
        request,
        "registry/clients.html",
        {
            "table": table,
            "rows": rows,
            "waiting": queries.callbacks_waiting(request.actor),
            "may_register": may(actions.register_client, actor=request.actor),
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "外部系统"}],
        },
    )


def register(request: ActingRequest) -> HttpResponse:
    """A machine is let in; its secret is on the page that answers, and nowhere else."""
    if not may(actions.register_client, actor=request.actor):
        raise Refused(actions.register_client.permission.reason)  # type: ignore[attr-defined]  # every action carries it
    on = clock.today()
    form = ClientForm(request.POST or None, actor=request.actor, on=on, initial={"valid_from": on})
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.register_client(**form.grant(), actor=request.actor, on=on))
        if made is not None:
            return _page(request, made, secret=made.secret or "")
    return render(
        request,
        "registry/new.html",
        {"form": form, "breadcrumbs": [_HOME, {"label": "外部系统", "url": reverse("machines")}, {"label": "接入"}]},
        status=422 if form.errors else 200,
    )


def client(request: ActingRequest, client_id: str) -> HttpResponse:
    """One machine: its grant, and what it did lately."""
    _refuse_outsider(request.actor)
    return _page(request, queries.client(request.actor, client_id))


@require_POST
def renew(request: ActingRequest, client_id: str) -> HttpResponse:
    """Another secret, shown on the page that answers."""
    found = queries.client(request.actor, client_id)
    renewed = actions.renew_client_secret(client=found, actor=request.actor, on=clock.today())
    return _page(request, renewed, secret=renewed.secret or "")


@require_POST
def revoke(request: ActingRequest, client_id: str) -> HttpResponse:
    """The machine may ask nothing any more."""
    found = queries.client(request.actor, client_id)
    form = RevokeForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: actions.revoke_client(client=found, reason=reason, actor=request.actor, on=clock.today()))
        if done is not None:
            messages.success(request, f"已撤销{done.name}的接入，它的密钥和令牌立即失效。")
            return redirect("machine", client_id)
    return _page(request, found, form=form)


def _page(request: ActingRequest, found: Any, *, secret: str = "", form: RevokeForm | None = None) -> HttpResponse:
    on = clock.today()
    state = _state(found, on)
    messages_of = queries.latest_exchanges(request.actor, found)
    lines = audit.about(request.actor, {"registry.registryclient": [found.pk], "registry.exchange": messages_of})[:10]
    answer = render(
        request,
        "registry/client.html",
        {
            "client": found,
            "secret": secret,
            "state": state,
            "state_tone": STATE_TONES[state],
            "facts": _facts(found),
            "kept": may(actions.revoke_client, actor=request.actor) and found.revoked_on is None,
            "form": form or RevokeForm(),
            "entries": as_entries(lines),
            "breadcrumbs": [_HOME, {"label": "外部系统", "url": reverse("machines")}, {"label": found.name}],
        },
        status=422 if form is not None and form.errors else 200,
    )
    if secret:
        answer["Cache-Control"] = "no-store"
    return answer


def _facts(found: Any) -> list[tuple[str, str]]:
    said = [
        ("系统标识", found.client_id),
        ("联系人", found.contact),
        ("可查询的登记", _registers(found)),
        ("可查询的区域", "、".join(area.name for area in found.areas.all())),
        ("法律依据", found.basis),
        ("查询目的", f"{found.purpose}（{found.purpose_code}）"),
        ("本人同意", "每次查询须附本人同意" if found.needs_consent else "依法查询，不须附同意"),
        ("身份证号码", "完整" if found.identity_numbers else "遮盖"),
        ("期限", f"{found.valid_from} 至 {found.valid_until}"),
        ("回调地址", found.callback_uri or "没有登记，只能使用同步接口"),
        ("签名", "每个报文都须签名" if found.verification_key else "没有登记公钥"),
    ]
    if found.revoked_on is not None:
        said.append(("撤销", f"{found.revoked_on}，{found.revoked_because}"))
    return said


def _registers(found: Any) -> str:
    return "、".join(str(Register(each).label) for each in found.registers)


def _state(found: Any, on: date) -> str:
    if found.revoked_on is not None:
        return "已撤销"
    if on > found.valid_until:
        return "已到期"
    return "尚未生效" if on < found.valid_from else "有效"


def _refuse_outsider(actor: Actor) -> None:
    if not actor.has(*READERS):
        raise Refused("只有系统管理员和审计监督人员可以查看外部系统。")
