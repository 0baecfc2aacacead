"""Who may grant, change and end entitlements."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.entitlements.models import Entitlement, GracePeriod, GroupDecision, Suspension
from anmin.ground.people.models import Household


@permission("只有本地审核确认人可以给予待遇")
def may_start_entitlement(actor: Actor, household: Household) -> bool:
    return actor.has(Role.DECISION_MAKER, at=household.area.path)


@permission("只有本地审核确认人可以变更或停发待遇")
def may_change_entitlement(actor: Actor, entitlement: Entitlement) -> bool:
    return actor.has(Role.DECISION_MAKER, at=entitlement.area.path)


@permission("只有本地经办人或审核确认人可以变更领款人")
def may_change_payee(actor: Actor, entitlement: Entitlement) -> bool:
    return actor.has(Role.DECISION_MAKER, Role.TOWN_CLERK, at=entitlement.area.path)


@permission("只有本地审核确认人可以恢复发放")
def may_resume_entitlement(actor: Actor, suspension: Suspension) -> bool:
    return actor.has(Role.DECISION_MAKER, at=suspension.entitlement.area.path)


@permission("只有本地审核确认人可以变更渐退期、缓退期")
def may_change_grace(actor: Actor, grace: GracePeriod) -> bool:
    return actor.has(Role.DECISION_MAKER, at=grace.entitlement.area.path)


@permission("只有系统启用时的数据迁移可以一次性登记已在享待遇")
def may_migrate_entitlements(actor: Actor) -> bool:
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


@permission("只有镇街经办人和科室审核人可以提出批量名单")
def may_propose_group(actor: Actor) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.SECTION_REVIEWER)


@permission("只有提出名单一方或科室审核人可以调整、撤回批量名单")
def may_change_group(actor: Actor, group: GroupDecision) -> bool:
    return actor.id == group.proposed_by_id or actor.has(Role.SECTION_REVIEWER, at=group.area.path)


@permission("批量名单由本地审核确认人审定")
def may_decide_group(actor: Actor, group: GroupDecision) -> bool:
    return actor.has(Role.DECISION_MAKER, at=group.area.path)


@permission("只有审核确认人或局领导可以审批一次性发放")
def may_award_once(actor: Actor) -> bool:
    return actor.has(Role.DECISION_MAKER, Role.LEADER)
