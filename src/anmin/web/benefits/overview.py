"""All benefits on one page: how many hold each, and what reached them this month and last."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from anmin.base import clock
from anmin.base.periods import Month
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.payments import queries as payments
from anmin.web import listing
from anmin.web.benefits.naming import ELSEWHERE, HOME, SECTIONS, Named, everything
from anmin.web.middleware import ActingRequest


def overview(request: ActingRequest) -> HttpResponse:
    """Every benefit with its holders and its money, by part of the bureau; within what the actor may see."""
    on = clock.today()
    month = Month.from_date(on)
    known = everything()
    rows = [
        _row(each, held)
        for each, held in zip(
            known, payments.held_benefits(request.actor, on, month, [each.address for each in known]), strict=True
        )
    ]
    if listing.wants_xlsx(request):
        return listing.xlsx_response(_sheet(rows, month), "各项待遇")
    return render(
        request,
        "benefits/overview.html",
        {
            "on": on,
            "month": month,
            "before": month - 1,
            "sections": [
                {
                    "title": title,
                    "rows": [row for row in found if not row["idle"]],
                    "idle": [row for row in found if row["idle"]],
                    "paid": sum(row["paid"] or 0 for row in found),
                }
                for title in (*SECTIONS.values(), ELSEWHERE)
                if (found := [row for row in rows if row["of"].section == title])
            ],
            "persons": entitlements.persons_with_any(request.actor, on),
            "suspended": sum(row["suspended"] for row in rows),
            "paid": sum(row["paid"] or 0 for row in rows),
            "paid_before": sum(row["paid_before"] or 0 for row in rows),
            "export": listing.export_address(request),
            "breadcrumbs": [HOME, {"label": "各项待遇"}],
        },
    )


def _row(of: Named, held: payments.Held) -> dict[str, Any]:
    return {
        "of": of,
        "households": held.households,
        "persons": held.persons,
        "suspended": held.suspended,
        "paid": held.paid if of.pays else None,
        "paid_before": held.paid_before if of.pays else None,
        "idle": not (held.households or held.paid or held.paid_before),
    }


def _sheet(rows: list[dict[str, Any]], month: Month) -> list[list[Any]]:
    headings = ["业务", "待遇", "户数", "人数", "暂停", f"{(month - 1).label}到账（元）", f"{month.label}到账（元）"]
    return [
        headings,
        *(
            [
                row["of"].section,
                row["of"].label,
                row["households"],
                row["persons"],
                row["suspended"],
                *(None if fen is None else fen / 100 for fen in (row["paid_before"], row["paid"])),
            ]
            for row in rows
        ),
    ]
