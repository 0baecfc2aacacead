"""Who may touch a case at all; who may take which step is declared with the step, and refused with the precise reason."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.models import Case
from anmin.ground.people.models import Household

_CASEWORK = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER)


@permission("只能为本人管辖范围内的家庭立项办理")
def may_open_case(actor: Actor, household: Household) -> bool:
    return actor.has(*_CASEWORK, at=household.area.path)


@permission("只能办理本人管辖范围内的事项")
def may_take_step(actor: Actor, case: Case) -> bool:
    # The leaders sit on panels that vote in a case.
    return actor.has(*_CASEWORK, Role.LEADER, at=case.area.path)


@permission("只能打印本人管辖范围内的文书")
def may_issue_paper(actor: Actor, case: Case) -> bool:
    return actor.has(*_CASEWORK, Role.LEADER, at=case.area.path)
