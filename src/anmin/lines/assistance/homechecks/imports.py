"""The sheet that visitors fill in and the town sends: a row for each visit of one round."""

from datetime import date
from typing import Any

from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming, Row
from anmin.lines.assistance.homechecks import queries
from anmin.lines.assistance.homechecks.actions import record_visits
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan
from anmin.lines.assistance.homechecks.reports import Report
from anmin.lines.assistance.homechecks.vocabulary import Change, PlanState, VisitResult

Plan = dict[int, list[tuple[HomeCheck, Report]]]
"""By round, the visits that the file tells."""

_CHANGES = {str(change.label): change.value for change in Change}


def check_visits(incoming: Incoming) -> Plan:
    """Each row leads to a household of a round under way and names its visitors; faults by row and field."""
    plans = {plan.title: plan for plan in HomeCheckPlan.objects.filter(state=PlanState.UNDERWAY).defer("roll")}
    titles = {row["title"] for row in incoming.sound}
    checks = {
        (check.plan_id, check.household.number): check
        for title in sorted(titles & plans.keys())
        for check in queries.checks(incoming.actor, plans[title])
    }
    staff = queries.staff_by_name(incoming.actor)
    made: Plan = {}
    for row in incoming.sound:
        plan = plans.get(row["title"])
        if plan is None:
            incoming.wrong(row, "title", f"没有正在进行的“{row['title']}”，请核对核查名称的写法。")
            continue
        check = checks.get((plan.pk, row["household"]))
        if check is None:
            incoming.wrong(row, "household", f"{row['household']}不在“{plan.title}”的核查名单上，或不在您的管辖范围内。")
            continue
        report = _report(incoming, row, staff)
        if report is not None:
            made.setdefault(plan.pk, []).append((check, report))
    return made


def load_visits(plan: Plan, incoming: Incoming) -> Counts:
    """The visits of the file stand with their households."""
    plans = HomeCheckPlan.objects.in_bulk(plan)
    for plan_id, reports in plan.items():
        record_visits(plan=plans[plan_id], reports=reports, actor=incoming.actor, on=incoming.on)
    return {"登记走访": sum(len(reports) for reports in plan.values())}


def _report(incoming: Incoming, row: Row, staff: dict[str, list[Any]]) -> Report | None:
    visited_on: date = row["visited_on"]
    named: list[int] = []
    others: list[str] = []
    for key in ("visitor", "second_visitor"):
        name = row.get(key)
        found = staff.get(name, []) if name else []
        if len(found) > 1:
            incoming.wrong(row, key, f"有 {len(found)} 名工作人员叫“{name}”，请改填账号。")
            return None
        if found:
            named.append(found[0].pk)
        elif key == "visitor":
            incoming.wrong(row, key, f"没有名为“{name}”的工作人员，第一走访人应是本单位工作人员。")
            return None
        elif name:
            others.append(name)
    words = [word.strip() for word in (row.get("changes") or "").replace("，", "、").replace(",", "、").split("、")]
    unknown = [word for word in words if word and word not in _CHANGES]
    if unknown:
        incoming.wrong(row, "changes", f"“{unknown[0]}”不在可选项内，可填：{'、'.join(_CHANGES)}。")
        return None
    return Report(
        visited_on=visited_on,
        visitor_id=named[0],
        second_visitor_id=named[1] if len(named) > 1 else None,
        other_visitor="、".join(others),
        result=row["result"],
        changes=tuple(_CHANGES[word] for word in words if word),
        findings=row.get("findings") or "",
    )


VISITS = ImportForm(
    name="assistance.homechecks.visits",
    label="入户核查结果表",
    sender="镇（街道）",
    columns=(
        Column("title", "核查名称", required=True, longest=60, example="2024年上半年入户核查"),
        Column("household", "户编号", required=True, longest=40, example="HA000123"),
        Column("visited_on", "入户日期", "date", required=True, example="2024-05-16"),
        Column("visitor", "走访人员", required=True, longest=60, example="王小明", note="本单位工作人员的姓名或账号"),
        Column("second_visitor", "另一走访人员", required=True, longest=60, example="李村长", note="工作人员或村（社区）干部"),
        Column(
            "result",
            "核查结果",
            "choice",
            required=True,
            choices={str(each.label): each.value for each in VisitResult},
            example="与申报一致",
        ),
        Column("changes", "变化内容", example="收入、家庭人口", note="情况有变化的填写，多项用顿号分开"),
        Column("findings", "走访情况", longest=1000, example="老人身体尚可，子女每月探望"),
    ),
    check=check_visits,
    load=load_visits,
    notes=("名单在“入户核查”中导出，填好后整表导入。", "一户两次走访（第一次家中无人）分两行填写。"),
)

FORMS = (VISITS,)
