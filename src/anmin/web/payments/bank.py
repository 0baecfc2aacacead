"""Payments go to the bank as a file, its answers come back as a file, what failed goes out again."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from anmin.base import clock
from anmin.base.money import format_yuan
from anmin.ground.areas import queries as areas
from anmin.ground.payments import actions, queries
from anmin.ground.payments.vocabulary import PaymentState, RollState
from anmin.web import listing
from anmin.web.asking import attempt, may, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.payments.forms import PaymentFilter, ReleaseForm, ReturnForm
from anmin.web.payments.rolls import HOME, found_roll, framed, name_of
from anmin.web.payments.tables import PAYMENT_TONES, PaymentTable
from anmin.web.records import record_url

_MEDIA = {"csv": "text/csv; charset=utf-8", "xlsx": listing.XLSX}


def bank(request: ActingRequest, roll_id: int) -> HttpResponse:
    """What of a roll is with the bank, came through, or failed; the files out and in."""
    return _bank_page(request, found_roll(request.actor, roll_id))


@require_POST
def make(request: ActingRequest, roll_id: int) -> HttpResponse:
    """Everything that waits is in a new file for the bank."""
    roll = found_roll(request.actor, roll_id)
    file = actions.make_bank_file(roll=roll, actor=request.actor, on=clock.today())
    held_back = f"；另有 {file.held_back} 笔因账户问题未列入" if file.held_back else ""
    messages.success(request, f"已生成银行文件 {file.number}：{file.count} 笔，{format_yuan(file.total)} 元{held_back}。")
    return redirect("roll-bank", roll_id)


@require_POST
def bring_return(request: ActingRequest, roll_id: int) -> HttpResponse:
    """The bank's answer is written down for every line, or for none."""
    roll = found_roll(request.actor, roll_id)
    form = ReturnForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        name = upload.name or "回盘文件"
        made = attempt(
            form,
            lambda: actions.bring_return_file(source=_source(upload), name=name, actor=request.actor, on=clock.today()),
        )
        if made is not None:
            failed = f"，{made.failed} 笔失败，请更正账户后重新发放" if made.failed else ""
            messages.success(request, f"已导入回盘“{made.file_name}”：{made.succeeded} 笔成功{failed}。")
            return redirect("roll-bank", made.file.roll_id)
    return _bank_page(request, roll, form)


def download(request: ActingRequest, number: str, ending: str) -> HttpResponse:
    """A bank file: names and accounts in clear, so only for those who send it and those who inspect them."""
    file = actions.fetch_bank_file(number=number, ending=ending, actor=request.actor, on=clock.today())
    answer = HttpResponse(file.content, content_type=_MEDIA[ending])
    answer["Cache-Control"] = "no-store"
    answer["Content-Disposition"] = f'attachment; filename="{number}.{ending}"'
    return answer


def payments(request: ActingRequest) -> HttpResponse:
    """Payments of all rolls: those that failed, those still on the way."""
    months = sorted({roll.month for roll in queries.rolls(request.actor)}, reverse=True)
    form = PaymentFilter(request.GET, months=months, towns=list(areas.towns(request.actor, on=clock.today())))
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = {key: asked.get(key, "").strip() for key in ("state", "town", "month", "benefit", "search")}
    found = queries.payments(request.actor, **wanted).order_by("-roll__month", "id")
    table = listing.configured(request, PaymentTable(found), per_page=50)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, "款项")
    return render(
        request,
        "payments/payments.html",
        {
            "form": form,
            "table": table,
            "total": queries.payments_total(request.actor, **wanted),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "资金发放", "url": reverse("rolls")}, {"label": "款项"}],
        },
    )


def payment(request: ActingRequest, payment_id: int) -> HttpResponse:
    """One payment: what it is made of, when it went to the bank, what the bank said."""
    return _payment_page(request, payment_id)


@require_POST
def release(request: ActingRequest, payment_id: int) -> HttpResponse:
    """A payment that failed waits for the next bank file."""
    form = ReleaseForm(request.POST)
    found = _found_payment(request, payment_id)
    if form.is_valid():
        note = form.cleaned_data["note"]
        made = attempt(form, lambda: actions.release_payment(payment=found, note=note, actor=request.actor, on=clock.today()))
        if made is not None:
            messages.success(request, "已列为待送银行，将进入下一个银行文件。")
            return redirect("payment", payment_id)
    return _payment_page(request, payment_id, form)


def _source(upload: Any) -> Path | bytes:
    # Large uploads lie on the disk already; reading them into memory would double them.
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    content: bytes = upload.read()
    return content


def _bank_page(request: ActingRequest, roll: Any, return_form: ReturnForm | None = None) -> HttpResponse:
    actor = request.actor
    counts = queries.payment_counts(actor, roll)
    deals = may(actions.make_bank_file, actor=actor)
    approved = roll.state == RollState.APPROVED
    return render(
        request,
        "payments/bank.html",
        {
            **framed(roll, "roll-bank", actor),
            "counts": [
                {
                    "label": state.label,
                    "count": count,
                    "amount": amount,
                    "href": f"{reverse('payments')}?benefit={roll.benefit}&month={roll.month}&state={state.value}",
                    "tone": "danger" if state == PaymentState.FAILED and count else "",
                }
                for state, (count, amount) in counts.items()
            ],
            "approved": approved,
            "may_make": deals and approved and counts[PaymentState.DUE][0] > 0,
            "may_return": deals and approved,
            "may_download": may(actions.fetch_bank_file, actor=actor),
            "why_not": why_not(actions.make_bank_file, actor=actor),
            "held_back": queries.held_back(actor, roll) if approved else [],
            "files": list(queries.bank_files_of(actor, roll)),
            "returns": list(queries.returns_of(actor, roll)),
            "return_form": return_form or ReturnForm(),
        },
        status=422 if return_form else 200,
    )


def _found_payment(request: ActingRequest, payment_id: int) -> Any:
    found = queries.payment(request.actor, payment_id)
    if found is None:
        raise Http404
    return found


def _payment_page(request: ActingRequest, payment_id: int, form: ReleaseForm | None = None) -> HttpResponse:
    found = _found_payment(request, payment_id)
    state = PaymentState(found.state)
    sent = list(queries.sendings(request.actor, payment_id))
    return render(
        request,
        "payments/payment.html",
        {
            "payment": found,
            "name": name_of(found.roll),
            "state": state.label,
            "state_tone": PAYMENT_TONES[state],
            "facts": [
                {"label": "领款人", "value": found.payee.name, "href": record_url("person", found.payee_id)},
                ("开户行", found.payee.bank_name or None),
                {"label": "账号", "value": found.payee.bank_account_mask or None, "note": "现登记的账号，只显示部分号码"},
                {
                    "label": "保障证号",
                    "value": found.entitlement.number,
                    "href": record_url("entitlement", found.entitlement_id),
                },
                {
                    "label": "家庭编号",
                    "value": found.entitlement.household.number,
                    "href": record_url("household", found.entitlement.household_id),
                },
                {"label": "名册", "value": name_of(found.roll), "href": reverse("roll", args=[found.roll_id])},
                ("到账日期", f"{found.paid_on}" if found.paid_on else None),
                {"label": "失败原因", "value": found.failure or None},
            ],
            "amounts": [("应付", found.gross), ("抵扣追回", -found.offset), ("实付", found.net)],
            "entries": [_sending(each) for each in sent],
            "may_release": state == PaymentState.FAILED and may(actions.release_payment, actor=request.actor, payment=found),
            "form": form or ReleaseForm(),
            "history": reverse("household-payments", args=[found.entitlement.household_id]),
            "breadcrumbs": [
                HOME,
                {"label": "资金发放", "url": reverse("rolls")},
                {"label": "款项", "url": reverse("payments")},
                {"label": f"{found.payee.name} {name_of(found.roll)}"},
            ],
        },
        status=422 if form else 200,
    )


def _sending(line: Any) -> dict[str, Any]:
    """One journey to the bank as an entry of a timeline."""
    title, tone, icon = {
        None: ("已送银行，等待回盘", "info", "send"),
        True: ("银行发放成功", "success", "check"),
        False: ("银行发放失败", "danger", "x"),
    }[line.succeeded]
    said = [f"银行文件 {line.file.number}，参考号 {line.reference}，{format_yuan(line.amount)} 元，{line.file.made_on} 送出"]
    if line.failure:
        said.append(f"失败原因：{line.failure}")
    return {"at": line.answered_on or line.file.made_on, "title": title, "tone": tone, "icon": icon, "note": "；".join(said)}
