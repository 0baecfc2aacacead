"""Who may issue the bureau's report."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role


@permission("只有局领导可以印发报告")
def may_issue_report(actor: Actor) -> bool:
    # A leader of one town counts that town only, and the report is the county's: a path of one step is the county's own.
    return any(role is Role.LEADER and path.count("/") <= 1 for role, path in actor.roles)
