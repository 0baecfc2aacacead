"""Visits are recorded, one by one or as a sheet, and corrected by another record; what changed opens a review."""

from collections.abc import Sequence
from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.base.workdays import add_workdays
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.cases import actions as cases
from anmin.ground.cases.casetypes import CASE_TYPES
from anmin.ground.cases.models import Case
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.policy.book import policy
from anmin.lines.assistance.dibao.vocabulary import LivingConditions, ReviewOccasion
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan, HomeVisit
from anmin.lines.assistance.homechecks.permissions import may_record_visit, may_record_visits
from anmin.lines.assistance.homechecks.reports import Report, told
from anmin.lines.assistance.homechecks.vocabulary import BASIS, CHECKED, REGISTERS, Change, PlanState, VisitResult

_SECOND_VISIT = "assistance.homechecks.second_visit_within"
_VISITORS = "assistance.dibao.casework.visit_investigators"


@action("homecheck.visited", permission=may_record_visit)
def record_visit(*, check: HomeCheck, report: Report, actor: Actor, on: date) -> HomeCheck:
    """The visit stands with what was found; nobody at home asks for another one within so many working days.

    Refuses: a round not under way, one visitor only, a day before the round or to come, a change without saying what changed,
    a household that was checked already (correct the visit instead).
    """
    plan, check = _both(check)
    _refuse(plan, check, report, on)
    if check.result in CHECKED:
        raise Refused(f"{check.household.number}已于{check.checked_on}核查，如记录有误请用“更正”。")
    HomeVisit.objects.create(**_row(check, report, actor, on))
    _settle(check, report, on)
    check.save(update_fields=["result", "checked_on", "again_due_on"])
    remark(_said(check, report), basis=BASIS, household=check.household.number)
    return check


@action("homecheck.visits_recorded", permission=may_record_visits)
def record_visits(*, plan: HomeCheckPlan, reports: Sequence[tuple[HomeCheck, Report]], actor: Actor, on: date) -> HomeCheckPlan:
    """All the visits of a sheet are recorded, or none; as `record_visit` for each, in a handful of statements.

    A household may be on the sheet twice: nobody was at home, and then somebody was. Refuses besides: a household out of the
    actor's area, or of another round.
    """
    ids = {check.pk for check, _ in reports}
    checks = {
        check.pk: check
        for check in HomeCheck.objects.filter(plan=plan).select_for_update(of=("self",)).select_related("household", "area")
        if check.pk in ids
    }
    visits = []
    for given, report in sorted(reports, key=lambda each: each[1].visited_on):
        check = checks.get(given.pk)
        if check is None or not actor.sees(check.area.path):
            raise Refused("所登记的家庭中有不在本次核查名单上、或不在您管辖范围内的，整份没有登记。")
        _refuse(plan, check, report, on)
        if check.result in CHECKED:
            raise Refused(f"{check.household.number}已于{check.checked_on}核查，整份没有登记；如记录有误请用“更正”。")
        visits.append(HomeVisit(**_row(check, report, actor, on)))
        _settle(check, report, on)
    HomeVisit.objects.bulk_create(visits, batch_size=500)
    HomeCheck.objects.bulk_update(checks.values(), ["result", "checked_on", "again_due_on"], batch_size=200)
    changed = sum(check.result == VisitResult.CHANGED for check in checks.values())
    remark(f"{plan.title}：登记入户核查 {len(visits)} 次、{len(checks)} 户，其中情况有变化 {changed} 户", basis=BASIS)
    return plan


@action("homecheck.visit_corrected", permission=may_record_visit)
def correct_visit(*, check: HomeCheck, visit: HomeVisit, report: Report, reason: str, actor: Actor, on: date) -> HomeCheck:
    """Another record stands in the visit's place; the first one stays to be read, with the reason.

    Refuses: a visit that was corrected already (correct the correction), no reason, and whatever a visit is refused for.
    """
    plan, check = _both(check)
    if visit.check_of_id != check.pk:
        raise Refused("这次走访不是该户的记录，请刷新后重试。")
    if not reason.strip():
        raise BadValue("请写明更正的原因。")
    if HomeVisit.objects.filter(corrects=visit).exists():
        raise Refused("这次走访已经更正过，请更正最近的一次记录。")
    _refuse(plan, check, report, on)
    HomeVisit.objects.create(**_row(check, report, actor, on), corrects=visit, reason=reason.strip())
    latest = HomeVisit.objects.filter(check_of=check, corrected_by__isnull=True).order_by("-visited_on", "-id")[0]
    _settle(check, latest, on)
    check.save(update_fields=["result", "checked_on", "again_due_on"])
    remark(f"更正{_said(check, report)}；原因：{reason.strip()}", household=check.household.number)
    return check


@action("homecheck.review_opened", permission=may_record_visit)
def open_review(*, check: HomeCheck, actor: Actor, on: date) -> HomeCheck:
    """What was found is looked at in a review of each benefit the household still holds; the first one stands with the check.

    Refuses: a household that was found as declared, one whose review was opened, one that holds nothing any more.
    """
    _, check = _both(check)
    if check.review_id is not None:
        raise Refused("该户已经启动复核。")
    if check.result not in (VisitResult.CHANGED, VisitResult.MOVED):
        raise Refused("入户核查没有发现变化，不需要启动复核。")
    visit = HomeVisit.objects.filter(check_of=check, corrected_by__isnull=True).order_by("-visited_on", "-id")[0]
    words = f"{check.checked_on}入户核查：{told(visit)}"
    held = entitlements.benefits_of_households(actor, on, [check.household_id]).filter(benefit__in=list(REGISTERS))
    opened: list[Case] = []
    for entitlement in held.select_related("holder").order_by("id"):
        kind = f"{entitlement.benefit}.review"
        if kind not in CASE_TYPES:
            continue
        needs = {need.name for need in CASE_TYPES[kind].opening.needs}
        given = {"occasion": ReviewOccasion.HOME_CHECK.value, "report": words, "reason": words[:200]}
        opened.append(
            cases.open_case(
                kind=kind,
                household=check.household,
                applicant=entitlement.holder,
                entitlement=entitlement,
                data={name: value for name, value in given.items() if name in needs},
                actor=actor,
                on=on,
            )
        )
    if not opened:
        raise Refused("该户已不在享任何待遇，没有可以复核的。")
    check.review = opened[0]
    check.save(update_fields=["review"])
    remark(f"{check.household.number}：入户核查后启动复核 {'、'.join(case.number for case in opened)}", basis=BASIS)
    return check


def _both(check: HomeCheck) -> tuple[HomeCheckPlan, HomeCheck]:
    found = HomeCheck.objects.select_for_update(of=("self",)).select_related("plan", "household__area", "area").get(pk=check.pk)
    return found.plan, found


def _refuse(plan: HomeCheckPlan, check: HomeCheck, report: Report, on: date) -> None:
    who = check.household.number
    if plan.state != PlanState.UNDERWAY:
        raise Refused(f"{plan}的状态是“{PlanState(plan.state).label}”，不能登记走访。")
    fewest = policy().number(_VISITORS, on=report.visited_on)
    visitors = len({report.visitor_id, report.second_visitor_id or report.visitor_id}) + bool(report.other_visitor.strip())
    if visitors < fewest:
        raise BadValue(f"{who}：入户核查不得少于{fewest}人，其中至少一名工作人员，请补充另一名走访人员。")
    if report.visited_on > on:
        raise BadValue(f"{who}：入户日期{report.visited_on}晚于登记日期{on}，请核对。")
    if report.visited_on < plan.starts_on:
        raise BadValue(f"{who}：入户日期{report.visited_on}早于本次核查的开始日期{plan.starts_on}，请核对。")
    if report.result not in VisitResult.values:
        raise BadValue(f"{who}：核查结果应为{'、'.join(VisitResult.labels)}之一。")
    if set(report.changes) - set(Change.values) or set(report.conditions) - set(LivingConditions.values):
        raise BadValue(f"{who}：变化内容或居住生活状况不在可选项内，请刷新后重选。")
    if report.result == VisitResult.CHANGED and not report.changes:
        raise BadValue(f"{who}：情况有变化的，请选择哪些方面有变化。")
    if report.result != VisitResult.CHANGED and report.changes:
        raise BadValue(f"{who}：选择了变化的方面，核查结果应为“{VisitResult.CHANGED.label}”。")
    if report.result == VisitResult.CHANGED and not report.findings.strip():
        raise BadValue(f"{who}：情况有变化的，请写明变化的内容。")


def _row(check: HomeCheck, report: Report, actor: Actor, on: date) -> dict[str, object]:
    second = report.second_visitor_id if report.second_visitor_id != report.visitor_id else None
    return {
        "check_of": check,
        "visited_on": report.visited_on,
        "visitor_id": report.visitor_id,
        "second_visitor_id": second,
        "other_visitor": report.other_visitor.strip(),
        "result": report.result,
        "changes": [each for each in Change.values if each in report.changes],
        "conditions": [each for each in LivingConditions.values if each in report.conditions],
        "findings": report.findings.strip(),
        "recorded_by_id": actor.id,
        "recorded_on": on,
    }


def _settle(check: HomeCheck, report: Report | HomeVisit, on: date) -> None:
    """The check says what the visit that counts says."""
    check.result, check.checked_on, check.again_due_on = str(report.result), report.visited_on, None
    if report.result == VisitResult.ABSENT:
        days = policy().number(_SECOND_VISIT, on=report.visited_on)
        check.again_due_on = add_workdays(report.visited_on, days)


def _said(check: HomeCheck, report: Report) -> str:
    return f"{check.household.number} {report.visited_on}入户核查：{told(report)}"
