"""Who a machine is: its secret, its token, its areas, and what a message of it must look like."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings

from anmin.base.dci import VERSION
from anmin.base.dci.messages import Header
from anmin.base.dci.posting import lies_below
from anmin.base.dci.signatures import holds, public_key
from anmin.ground.registry.asker import Asker
from anmin.ground.registry.models import RegistryClient
from anmin.ground.registry.refusals import MessageRefused
from anmin.ground.registry.vocabulary import Fault

TOKEN_SECONDS = 3600
LONGEST_SKEW = timedelta(minutes=10)

CALLBACK_PATHS = {
    "search": "registry/on-search",
    "subscribe": "registry/on-subscribe",
    "unsubscribe": "registry/on-unsubscribe",
    "txn-status": "registry/txn/on-status",
    "notify": "registry/notify",
}


def hash_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def admitted(client_id: str, secret: str, *, on: date) -> RegistryClient | None:
    """The client with this id and secret whose grant holds on the day; None for everybody else, in the same time."""
    found = RegistryClient.objects.filter(client_id=client_id).first()
    kept = found.secret_hash if found else "0" * 64
    right = hmac.compare_digest(kept, hash_of(secret))
    return found if found is not None and right and _holds(found, on) else None


def _holds(client: RegistryClient, on: date) -> bool:
    return client.revoked_on is None and client.valid_from <= on <= client.valid_until


# --- tokens --------------------------------------------------------------------------------------------------------


def token_for(client: RegistryClient, *, now: int) -> str:
    """A token that says who it was given to and until when, and that only we can have made."""
    said = {"sub": client.client_id, "exp": now + TOKEN_SECONDS, "of": client.secret_hash[:16]}
    head = _encoded(b'{"alg":"HS256","typ":"JWT"}')
    body = _encoded(json.dumps(said, separators=(",", ":")).encode())
    return f"{head}.{body}.{_encoded(_mac(f'{head}.{body}'))}"


def client_of(token: str, *, now: int, on: date) -> RegistryClient | None:
    """Whom a token was given to, if it still holds: a new secret or a withdrawn grant ends it at once."""
    head, _, rest = token.partition(".")
    body, _, seal = rest.partition(".")
    try:
        if not hmac.compare_digest(_decoded(seal), _mac(f"{head}.{body}")):
            return None
        said = json.loads(_decoded(body))
    except ValueError:
        return None
    if said["exp"] <= now:
        return None
    found = RegistryClient.objects.filter(client_id=said["sub"]).prefetch_related("areas").first()
    if found is None or not _holds(found, on) or found.secret_hash[:16] != said["of"]:
        return None
    return found


def _mac(text: str) -> bytes:
    # A key of its own, so that what signs sessions signs no tokens.
    key = hashlib.sha256(b"anmin.registry.tokens:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, text.encode("utf-8", "replace"), hashlib.sha256).digest()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def asker(client: RegistryClient) -> Asker:
    """The client as an actor."""
    return Asker(
        id=None, name=f"外部系统：{client.name}"[:60], client_id=client.pk, paths=tuple(area.path for area in client.areas.all())
    )


# --- messages ------------------------------------------------------------------------------------------------------


def check_message(
    client: RegistryClient, header: Header, raw: dict[str, Any], signature: str | None, action: str, *, now: datetime
) -> None:
    """The message is of this client, for us, of our version, and unchanged. Refuses with the code of the standard."""
    if header.action != action:
        raise MessageRefused(Fault.BAD, f"报文头的 action 是“{header.action}”，此地址应为“{action}”。")
    if header.version != VERSION:
        raise MessageRefused(Fault.VERSION, f"本系统支持的版本是 {VERSION}。")
    if header.sender_id != client.client_id:
        raise MessageRefused(Fault.SENDER, "报文头的 sender_id 与访问令牌所属的系统不一致。")
    if header.is_msg_encrypted:
        raise MessageRefused(Fault.ENCRYPTION, "本系统只接受经加密通道传送的明文报文。")
    check_signature(client, raw, signature, now=now)
    if client.verification_key:
        # Who signs is protected from having the message taken elsewhere; a client on trial need not know our name.
        if header.receiver_id not in (None, settings.DCI_ID):
            raise MessageRefused(Fault.RECEIVER, f"报文不是发给本系统（{settings.DCI_ID}）的。")
        if abs(header.message_ts.astimezone(UTC) - now) > LONGEST_SKEW:
            raise MessageRefused(Fault.BAD, "报文时间与本系统时间相差超过 10 分钟。")


def check_signature(client: RegistryClient, raw: dict[str, Any], signature: str | None, *, now: datetime) -> None:
    """The signature is what the grant asks for. One that nobody could verify is refused, not passed over."""
    if client.verification_key:
        if not signature:
            raise MessageRefused(Fault.SIGNATURE_MISSING, "报文没有签名。")
        key = public_key(client.verification_key)
        if not holds(signature, raw["header"], raw["message"], key, now=int(now.timestamp())):
            raise MessageRefused(Fault.SIGNATURE_INVALID, "报文签名无效，或者签名时间超过 5 分钟。")
    elif signature and signature not in client.placeholder.split():
        raise MessageRefused(Fault.SIGNATURE_INVALID, "该系统没有登记公钥，报文中的签名无法核验。")


def callback_address(client: RegistryClient, sender_uri: str | None, action: str) -> str:
    """Where an answer is sent. Refuses an address outside of the one that was registered."""
    base = client.callback_uri
    if not base:
        raise MessageRefused(Fault.SENDER_URI, "该系统没有登记回调地址，请使用同步接口。")
    if sender_uri is None:
        return f"{base.rstrip('/')}/{CALLBACK_PATHS[action]}"
    if not lies_below(sender_uri, base):
        raise MessageRefused(Fault.SENDER_URI, "报文中的回调地址（sender_uri）不在已登记的范围内。")
    return sender_uri
