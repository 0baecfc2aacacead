"""Who is insured against accidents as of a month, on which list, at what premium; the list to send."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import render

from anmin.base import clock
from anmin.base.periods import Month
from anmin.lines.eldercare.accident_insurance.queries import roster
from anmin.web import listing
from anmin.web.insured.forms import InsuredFilter
from anmin.web.insured.tables import InsuredTable
from anmin.web.middleware import ActingRequest

_HOME = {"label": "首页", "url": "/"}


def insured(request: ActingRequest) -> HttpResponse:
    """The lists as of the first day of a month, by what is known now."""
    this_month = Month.from_date(clock.today())
    form = InsuredFilter(request.GET, until=this_month)
    asked = form.cleaned_data if form.is_valid() else {}
    month: Month = asked.get("month") or this_month
    everybody = roster(request.actor, month.first_day)
    which, search = asked.get("which", ""), asked.get("search", "").strip()
    labels = dict(form.fields["which"].choices)  # type: ignore[attr-defined]  # a ChoiceField
    wanted = str(labels.get(which, "")) if which else ""
    lines = [line for line in everybody.lines if (not wanted or line.which == wanted) and search in line.name]
    table = listing.configured(request, InsuredTable(lines))
    if listing.wants_xlsx(request):
        return listing.as_xlsx(table, f"{month.label}保险名单")
    persons: Counter[str] = Counter(line.which for line in everybody.lines)
    premiums: Counter[str] = Counter()
    for line in everybody.lines:
        premiums[line.which] += line.premium
    return render(
        request,
        "insured/insured.html",
        {
            "form": form,
            "table": table,
            "month": month,
            "found": len(lines),
            "lists": [
                {"label": label, "persons": persons[label], "premium": premiums[label], "href": f"?month={month}&which={key}"}
                for key, label in labels.items()
                if key
            ],
            "premium": everybody.premium,
            "undetermined": everybody.undetermined,
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "意外伤害保险名单"}],
        },
        status=422 if form.errors else 200,
    )
