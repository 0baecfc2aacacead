"""The log of who did what: everybody reads the own lines, the auditor and the administrator all of them."""

from itertools import islice

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from anmin.base.errors import Refused
from anmin.ground.audit import queries
from anmin.web import listing
from anmin.web.accounts.staff import READERS
from anmin.web.asking import BUSINESS
from anmin.web.audit.forms import LineFilter
from anmin.web.audit.lines import subject_of, verb_of
from anmin.web.audit.tables import LineTable
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.templatetags.anmin import chinese_date

MOST_EXPORTED = 50_000
MOST_BREAKS_SHOWN = 50
_HOME = {"label": "首页", "url": "/"}


def lines(request: ActingRequest) -> HttpResponse:
    """The lines of the log, the latest first."""
    return _page(request)


@require_POST
def verify(request: ActingRequest) -> HttpResponse:
    """The same page with the answer whether the chain holds, walked from its first line to its last."""
    if not request.actor.has(*queries.READS_EVERYTHING):
        raise Refused("只有审计监督人员和系统管理员可以校验审计日志。")
    breaks = list(islice(queries.breaks(), MOST_BREAKS_SHOWN + 1))
    return _page(
        request, {"breaks": breaks[:MOST_BREAKS_SHOWN], "more": len(breaks) > MOST_BREAKS_SHOWN, "length": queries.length()}
    )


def line(request: ActingRequest, sequence: int) -> HttpResponse:
    """One line with its seal and the seal it stands on."""
    found = queries.lines(request.actor).filter(sequence=sequence).first()
    if found is None:
        raise Http404
    return render(
        request,
        "audit/line.html",
        {
            "line": found,
            "title": verb_of(found),
            "facts": [
                ("操作人", found.actor_name),
                ("实际时间", f"{localtime(found.at):%Y-%m-%d %H:%M:%S}"),
                ("业务日期", chinese_date(found.on)),
                {"label": "对象", "value": subject_of(found), "href": _page_of(request, found.subject_kind, found.subject_id)},
                ("地区", found.area.name if found.area else None),
                ("序号", f"第 {found.sequence} 条"),
                {"label": "依据", "value": found.basis or None, "wide": True},
                {"label": "上一条封印", "value": found.previous_seal or "链首", "wide": True},
                {"label": "本条封印", "value": found.seal, "wide": True, "copyable": True},
            ],
            "breadcrumbs": [_HOME, {"label": "审计日志", "url": reverse("audit")}, {"label": f"第 {found.sequence} 条"}],
        },
    )


def _page_of(request: ActingRequest, kind: str, key: str) -> str:
    """The page of what a line is about; empty for whom it is closed."""
    readers = READERS if kind == "accounts.staff" else BUSINESS
    return record_url(kind, key) if request.actor.has(*readers) else ""


def _page(request: ActingRequest, verified: dict[str, object] | None = None) -> HttpResponse:
    form = LineFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.lines(
        request.actor,
        verb=asked.get("verb") or asked.get("work") or "",
        since=asked.get("since"),
        until=asked.get("until"),
        text=asked.get("text", "").strip(),
    )
    if listing.wants_xlsx(request):
        return listing.as_xlsx(LineTable(list(found[:MOST_EXPORTED])), "审计日志")
    table = listing.configured(request, LineTable(found), per_page=50)
    return render(
        request,
        "audit/lines.html",
        {
            "form": form,
            "table": table,
            "reads_all": request.actor.has(*queries.READS_EVERYTHING),
            "verified": verified,
            "export": listing.export_address(request),
            "breadcrumbs": [_HOME, {"label": "审计日志"}],
        },
    )
