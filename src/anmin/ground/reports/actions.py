"""Issuing the report: the text and every figure behind it are frozen. Doing without a rule of the check, with a reason."""

from datetime import date

from anmin.base.errors import Refused
from anmin.base.periods import Period
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.documents.authority import authority
from anmin.ground.documents.numbers import next_number
from anmin.ground.documents.paper import chinese_date
from anmin.ground.reports import queries
from anmin.ground.reports.checking.given import rule_set_aside
from anmin.ground.reports.checking.vocabulary import RULES
from anmin.ground.reports.models import IssuedReport, RuleSetAside
from anmin.ground.reports.permissions import may_check_texts, may_issue_report
from anmin.ground.reports.vocabulary import SERIES


@action("report.issued", permission=may_issue_report)
def issue_report(*, period: Period, actor: Actor, on: date) -> IssuedReport:
    """The report of the period has a number and is frozen: its text, each figure, and the hash of the rows behind each.

    A period may be reported on again; each issue stands for itself. Refuses: a period before its last day, a draft in which parts
    exceed their whole or a balance does not hold.
    """
    if on < period.last_day:
        raise Refused(f"{period.label}尚未结束，{chinese_date(period.last_day)}起才能印发。")
    draft = queries.draft(actor, period, on=on)
    if draft.findings:
        raise Refused("报告数据未通过校验，不能印发：" + "".join(draft.findings))
    report = IssuedReport(
        number=next_number(authority().mark + SERIES, year=on.year, digits=1),
        period=str(period),
        title=draft.title,
        text=draft.text,
        paper=draft.paper.as_data(),
        figures=queries.frozen_figures(actor, period, list(draft.figures), on=on),
        scope=list(actor.scope),
        issued_by_id=actor.id,
        issued_on=on,
    )
    report.seal = queries.seal_of(report)
    report.save(force_insert=True)
    remark(f"印发《{report.title}》（{report.number}）", period=report.period, figures=len(report.figures), seal=report.seal)
    return report


@action("report.rule_set_aside", permission=may_check_texts)
def set_rule_aside(*, rule: str, reason: str, actor: Actor, on: date) -> RuleSetAside:
    """It is kept who does without a rule of the check, and why; of the text that is checked nothing is.

    Refuses: a rule that does not exist, no reason.
    """
    name, why = rule_set_aside(rule, reason)
    remark(f"核数时停用规则“{RULES[name]}”：{why}", rule=name, reason=why)
    return RuleSetAside.objects.create(rule=name, reason=why, set_by_id=actor.id, set_on=on)
