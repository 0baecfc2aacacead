"""Who may issue a paper, and hand one in."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area

READS_CHECKS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER, Role.AUDITOR)
"""Who may read papers about the circumstances of a family; whoever pays need not."""

_BUSINESS = (Role.TOWN_CLERK, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.CASHIER, Role.LEADER)


@permission("只能出具本人管辖范围内的文书")
def may_issue_document(actor: Actor, area: Area) -> bool:
    return actor.has(*_BUSINESS, at=area.path)


@permission("只能上传本人管辖范围内的材料")
def may_receive_document(actor: Actor, area: Area) -> bool:
    return actor.has(*_BUSINESS, at=area.path)
