"""Who may change the map."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role


@permission("只有系统管理员可以登记、更名或合并镇（街道）和村（社区）。")
def may_change_areas(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR)
