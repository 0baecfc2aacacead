"""Who may let machines in, and which machine may ask what."""

from datetime import date

from anmin.ground.accounts.gate import Actor, permission
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.models import RegistryClient
from anmin.ground.registry.vocabulary import Register


@permission("只有系统管理员可以管理外部系统的接入账号。")
def may_keep_clients(actor: Actor) -> bool:
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


@permission("该系统未获准查询这一登记，或者授权不在有效期内。")
def may_ask(actor: Actor, client: RegistryClient, register: Register, on: date) -> bool:
    mine = isinstance(actor, Asker) and actor.client_id == client.pk
    return mine and client.revoked_on is None and client.valid_from <= on <= client.valid_until and register in client.registers


@permission("只有系统本身可以投递回调。")
def may_deliver(actor: Actor) -> bool:
    return actor.is_system or actor.has(Role.ADMINISTRATOR)


@permission("只有送来报文的系统自己会留下这条记录。")
def may_be_noted(actor: Actor, client: RegistryClient) -> bool:
    return isinstance(actor, Asker) and actor.client_id == client.pk
