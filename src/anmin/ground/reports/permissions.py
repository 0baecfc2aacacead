"""Who may issue the bureau's report, and who may check a text."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role


@permission("只有局领导可以印发报告")
def may_issue_report(actor: Actor) -> bool:
    # A leader of one town counts that town only, and the report is the county's: a path of one step is the county's own.
    return any(role is Role.LEADER and path.count("/") <= 1 for role, path in actor.roles)


@permission("核数由业务岗位使用")
def may_check_texts(actor: Actor) -> bool:
    """Whoever works on reports; a text needs no records, so no area either."""
    return any(role is not Role.ADMINISTRATOR for role, _ in actor.roles)
