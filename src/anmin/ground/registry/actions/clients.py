"""Machines are let in by an administrator, for so long, and put out again."""

import re
import secrets
from collections.abc import Collection
from datetime import date

from anmin.base import clock
from anmin.base.dci.posting import is_safe
from anmin.base.dci.signatures import public_key
from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.registry.clients import hash_of
from anmin.ground.registry.models import RegistryClient
from anmin.ground.registry.permissions import may_keep_clients
from anmin.ground.registry.vocabulary import Register

BASIS = "《政务数据共享条例》（国务院令第809号）"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{2,59}")
_LONGEST_DAYS = 3 * 366


@action("registry.client_registered", permission=may_keep_clients)
def register_client(
    *,
    client_id: str,
    name: str,
    registers: Collection[Register],
    areas: Collection[Area],
    basis: str,
    purpose: str,
    purpose_code: str,
    valid_from: date,
    valid_until: date,
    needs_consent: bool = True,
    identity_numbers: bool = False,
    callback_uri: str = "",
    verification_key: str = "",
    placeholder: str = "",
    contact: str = "",
    actor: Actor,
    on: date,
) -> RegistryClient:
    """The machine may ask from `valid_from` to `valid_until`; the instance carries its secret, which is shown only now.

    One without registers and areas may ask nothing, only send back what we asked it for.
    Basis: 《政务数据共享条例》. Refuses: an id that is taken or no name, registers without areas, no legal basis or purpose, a
    period of over three years, a call-back address that is not encrypted, a key that is none, a key and a placeholder together.
    """
    client_id, name, basis = client_id.strip(), name.strip(), basis.strip()
    purpose, purpose_code = purpose.strip(), purpose_code.strip()
    if not _ID.fullmatch(client_id):
        raise BadValue("系统标识应为 3 至 60 位的字母、数字、点、横线或下划线，例如 hrss.haian。")
    if RegistryClient.objects.filter(client_id=client_id).exists():
        raise BadValue(f"系统标识“{client_id}”已经登记过，请换一个。")
    for said, words in ((name, "单位名称"), (basis, "法律依据"), (purpose, "查询目的"), (purpose_code, "目的代码")):
        if not said:
            raise BadValue(f"请填写{words}。")
    if bool(registers) != bool(areas):
        raise BadValue("请同时选择可查询的登记和区域；只向我们送回答复的系统，两项都不选。")
    if valid_until < valid_from or (valid_until - valid_from).days > _LONGEST_DAYS:
        raise BadValue("授权期限应在三年以内，截止日期不早于起始日期。")
    if callback_uri and not is_safe(callback_uri):
        raise BadValue("回调地址应以 https:// 开头（本机测试可用 http://127.0.0.1），并且不含账号密码。")
    if verification_key and placeholder:
        raise BadValue("已登记公钥的系统必须签名，不能再约定占位签名。")
    if verification_key:
        public_key(verification_key)
    secret = secrets.token_urlsafe(32)
    client = RegistryClient.objects.create(
        client_id=client_id,
        name=name,
        contact=contact.strip(),
        secret_hash=hash_of(secret),
        secret_made_at=clock.true_instant(),
        registers=sorted(Register(each).value for each in registers),
        basis=basis,
        purpose=purpose,
        purpose_code=purpose_code,
        needs_consent=needs_consent,
        identity_numbers=identity_numbers,
        callback_uri=callback_uri,
        verification_key=verification_key,
        placeholder=placeholder.strip(),
        valid_from=valid_from,
        valid_until=valid_until,
        registered_by_id=actor.id,
        registered_on=on,
    )
    client.areas.set(areas)
    client.secret = secret
    labels = "、".join(Register(each).label for each in client.registers)
    remark(
        f"接入{name}（{client_id}）：{labels}，{valid_from}至{valid_until}，{basis}",
        basis=BASIS,
        areas=sorted(area.code for area in areas),
        needs_consent=needs_consent,
        identity_numbers=identity_numbers,
    )
    return client


@action("registry.client_secret_renewed", permission=may_keep_clients)
def renew_client_secret(*, client: RegistryClient, actor: Actor, on: date) -> RegistryClient:
    """The machine has a new secret, on the instance that is returned; the old one and every token made with it are void.

    Basis: GB/T 22239-2019, identity authentication.
    """
    secret = secrets.token_urlsafe(32)
    client.secret_hash, client.secret_made_at = hash_of(secret), clock.true_instant()
    client.save(update_fields=["secret_hash", "secret_made_at"])
    client.secret = secret
    remark(f"更换{client.name}（{client.client_id}）的密钥", basis="《信息安全技术 网络安全等级保护基本要求》（GB/T 22239-2019）")
    return client


@action("registry.client_revoked", permission=may_keep_clients)
def revoke_client(*, client: RegistryClient, reason: str, actor: Actor, on: date) -> RegistryClient:
    """The machine may ask nothing any more and is told nothing any more; what it asked stays in the log.

    Basis: 《政务数据共享条例》. Refuses: no reason, one that is out already.
    """
    if client.revoked_on is not None:
        raise BadValue(f"{client.name}的授权已于{client.revoked_on}撤销。")
    if not reason.strip():
        raise BadValue("请写明撤销的原因。")
    client.revoked_on, client.revoked_because = on, reason.strip()
    client.save(update_fields=["revoked_on", "revoked_because"])
    client.subscriptions.filter(ended_at__isnull=True).update(ended_at=clock.true_instant())
    remark(f"撤销{client.name}（{client.client_id}）的接入：{reason.strip()}", basis=BASIS)
    return client
