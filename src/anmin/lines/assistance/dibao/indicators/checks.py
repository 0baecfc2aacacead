"""Which applicants were checked before they entered (逢进必核)."""

from django.db.models import Exists, OuterRef, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.queries import within
from anmin.ground.indicators.declarations import Indicator, Window
from anmin.ground.indicators.measures import CountRows, SumOf
from anmin.ground.indicators.vocabulary import Kind, Unit
from anmin.ground.verification.models import VerificationRequest
from anmin.lines.assistance.dibao.indicators.words import CHECKS, REGISTER
from anmin.lines.assistance.dibao.vocabulary import APPLICATION


def _asked_in(window: Window) -> QuerySet[VerificationRequest]:
    return VerificationRequest.objects.filter(purpose=APPLICATION, requested_on__range=(window.first_day, window.last_day))


def _checked_applications(actor: Actor, window: Window) -> QuerySet[VerificationRequest]:
    """One row for each family: the last request, where one was repeated."""
    later = _asked_in(window).filter(household=OuterRef("household"), pk__gt=OuterRef("pk"))
    return _asked_in(window).filter(within(actor), ~Exists(later))


CHECKED = (
    Indicator(
        id="assistance.verification.applications.households",
        label="新申请核对户数",
        unit=Unit.HOUSEHOLDS,
        kind=Kind.FLOW,
        definition="期间内因新申请低保提请家庭经济状况核对的户数，以提请日期为准；同一家庭重复提请只计最后一次。",
        basis="“逢进必核”",
        rows=_checked_applications,
        measure=CountRows(),
        evidence=REGISTER.kept_throughout,
        columns=CHECKS,
    ),
    Indicator(
        id="assistance.verification.applications.persons",
        label="新申请核对人数",
        unit=Unit.PERSONS,
        kind=Kind.FLOW,
        definition="期间内因新申请低保提请家庭经济状况核对的人数，以提请日期为准；同一家庭重复提请只计最后一次。",
        basis="“逢进必核”",
        rows=_checked_applications,
        measure=SumOf("persons"),
        evidence=REGISTER.kept_throughout,
        columns=CHECKS,
    ),
)
