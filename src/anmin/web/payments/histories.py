"""What a household was paid, month by month."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from anmin.base.periods import Month
from anmin.ground.payments import queries
from anmin.ground.payments.vocabulary import PaymentState
from anmin.web import listing
from anmin.web.middleware import ActingRequest
from anmin.web.payments.rolls import HOME
from anmin.web.payments.tables import PaymentTable
from anmin.web.records import record_url

MONTHS_SHOWN = 24


def household(request: ActingRequest, household_id: int) -> HttpResponse:
    """Every payment of the household, and a line for each month of what was reckoned."""
    found = list(queries.household_history(request.actor, household_id))
    lines = list(queries.lines_of_household(request.actor, household_id))
    if not found and not lines:
        raise Http404
    number = (found[0].entitlement if found else lines[0].entitlement).household.number
    table = listing.configured(request, PaymentTable(found))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{number}发放记录")
    paid = sum(each.net for each in found if each.state == PaymentState.PAID)
    return render(
        request,
        "payments/household.html",
        {
            "number": number,
            "table": table,
            "paid": paid,
            "chart": _chart(found),
            "household_href": record_url("household", household_id),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "资金发放", "url": reverse("rolls")}, {"label": f"{number} 发放记录"}],
        },
    )


def _chart(payments: list[Any]) -> dict[str, Any] | None:
    """What came through, by the month of the roll."""
    sums: dict[str, int] = {}
    for each in payments:
        if each.state == PaymentState.PAID:
            sums[each.roll.month] = sums.get(each.roll.month, 0) + each.net
    if len(sums) < 2:
        return None
    last = Month.parse(max(sums))
    first = max(Month.parse(min(sums)), last - (MONTHS_SHOWN - 1))
    months = list(Month.range(first, last))
    return {
        "categories": [month.label for month in months],
        "unit": "元",
        "series": [{"name": "到账金额", "values": [sums.get(str(month), 0) / 100 for month in months]}],
    }
