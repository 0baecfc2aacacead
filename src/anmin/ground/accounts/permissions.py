"""Who may keep the accounts."""

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.models import Staff
from anmin.ground.accounts.vocabulary import Role


@permission("只有系统管理员可以管理账号。")
def may_keep_accounts(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR)


@permission("只有系统管理员可以分配或结束角色，且不能改动自己的角色。")
def may_assign_roles(actor: Actor, staff: Staff) -> bool:
    return actor.has(Role.ADMINISTRATOR) and actor.id != staff.pk


@permission("只有系统管理员可以停用账号，且不能停用自己的账号。")
def may_deactivate(actor: Actor, staff: Staff) -> bool:
    return actor.has(Role.ADMINISTRATOR) and actor.id != staff.pk


@permission("只能修改自己的密码；他人的密码由系统管理员重置。")
def may_change_own_password(actor: Actor, staff: Staff) -> bool:
    return actor.id == staff.pk
