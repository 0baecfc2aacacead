"""Who plans home checks, who fixes what was drawn, who records a visit."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.lines.assistance.homechecks.models import HomeCheck, HomeCheckPlan

_VISITORS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER)


def _for_the_county(actor: Actor, *roles: Role) -> bool:
    return any(held in roles and path.count("/") <= 1 for held, path in actor.roles)


@permission("只有全市的科室审核人可以拟定入户核查计划")
def may_plan_checks(actor: Actor) -> bool:
    return _for_the_county(actor, Role.SECTION_REVIEWER)


@permission("抽取结果应由拟定人、抽取人以外的科室审核人、审核确认人或局领导确认")
def may_fix_draw(actor: Actor, plan: HomeCheckPlan) -> bool:
    others = {plan.made_by_id, plan.drawn_by_id}
    return _for_the_county(actor, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER) and actor.id not in others


@permission("只有本地经办人或全市的科室审核人可以登记入户核查")
def may_record_visit(actor: Actor, check: HomeCheck) -> bool:
    return actor.has(*_VISITORS, at=check.area.path)


@permission("只有本地经办人或全市的科室审核人可以登记入户核查")
def may_record_visits(actor: Actor) -> bool:
    return actor.has(*_VISITORS)
