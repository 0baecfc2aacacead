"""Who hands money down to the towns."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role


@permission("只有全市的发放经办人可以登记资金下拨")
def may_allocate(actor: Actor) -> bool:
    return any(held is Role.CASHIER and path.count("/") <= 1 for held, path in actor.roles)
