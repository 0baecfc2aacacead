"""Who generates, checks and approves a roll: three different people; who deals with the bank."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.payments.models import Payment, PayoutChange, Recovery, Roll


def _for_the_county(actor: Actor, *roles: Role) -> bool:
    # A roll covers the whole county, so a role held in one town does not reach it.
    return any(held in roles and path.count("/") <= 1 for held, path in actor.roles)


@permission("只有全市的发放经办人可以生成发放名册")
def may_generate_roll(actor: Actor) -> bool:
    return _for_the_county(actor, Role.CASHIER)


@permission("名册应由生成人以外的发放经办人或科室审核人复核")
def may_check_roll(actor: Actor, roll: Roll) -> bool:
    return _for_the_county(actor, Role.CASHIER, Role.SECTION_REVIEWER) and actor.id != roll.generated_by_id


@permission("名册应由生成人、复核人以外的审核确认人或局领导审批")
def may_approve_roll(actor: Actor, roll: Roll) -> bool:
    others = {roll.generated_by_id, roll.checked_by_id}
    return _for_the_county(actor, Role.DECISION_MAKER, Role.LEADER) and actor.id not in others


@permission("只有经办、复核或审批名册的人可以作废未审批的名册")
def may_discard_roll(actor: Actor) -> bool:
    return _for_the_county(actor, Role.CASHIER, Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.LEADER)


@permission("只有全市的发放经办人可以生成银行文件、导入银行回盘")
def may_deal_with_bank(actor: Actor) -> bool:
    return _for_the_county(actor, Role.CASHIER)


@permission("银行文件含完整账号，只有发放经办人和审计监督人员可以下载。")
def may_fetch_bank_file(actor: Actor) -> bool:
    return _for_the_county(actor, Role.CASHIER, Role.AUDITOR)


@permission("只有发放经办人可以重新发放失败的款项")
def may_release_payment(actor: Actor, payment: Payment) -> bool:
    return actor.has(Role.CASHIER, at=payment.area.path)


@permission("只有本地经办人或发放经办人可以登记追回事项")
def may_deal_with_recovery(actor: Actor, recovery: Recovery) -> bool:
    return actor.has(Role.TOWN_CLERK, Role.CASHIER, at=recovery.area.path)


@permission("账号、领款人的变更应由变更人以外的科室审核人、审核确认人或发放经办人确认")
def may_settle_change(actor: Actor, change: PayoutChange) -> bool:
    roles = (Role.SECTION_REVIEWER, Role.DECISION_MAKER, Role.CASHIER)
    return actor.has(*roles, at=change.area.path) and actor.id != change.changed_by_id
