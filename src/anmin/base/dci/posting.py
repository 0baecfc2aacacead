"""One JSON message to another system and its answer: in time, not too large, from the address named, or a sentence why not."""

import hashlib
import json
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

MOST_BYTES = 8 * 1024 * 1024
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_CHUNK = 64 * 1024


class NotAnswered(Exception):  # noqa: N818 -- an answer, not an accident
    """The other system did not answer, or not with a message; the sentence says how."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Reply:
    """What came back: the status of HTTP and the JSON object, None where it was none.

    `wait` is for how many seconds who is asked too often wants to be left alone; a minute where it does not say.
    """

    status: int
    body: dict[str, Any] | None
    wait: float = 60.0


class _NoRedirect(HTTPRedirectHandler):
    """A message about people goes where it was addressed to, and nowhere else."""

    def redirect_request(self, *given: Any, **named: Any) -> None:
        return None


def _opener() -> OpenerDirector:
    return build_opener(ProxyHandler({}), _NoRedirect())


def is_safe(url: str) -> bool:
    """Whether a message may be sent there: encrypted on the way, or never leaving this machine; no password in the address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or port == 0 or "@" in parts.netloc or parts.fragment or ".." in parts.path or "\\" in url:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK)


def lies_below(url: str, base: str) -> bool:
    """Whether an address is the base or something below it, on the same machine and port."""
    if not (is_safe(url) and is_safe(base)):
        return False
    asked, ours = urlsplit(url), urlsplit(base)
    same = (asked.scheme, asked.hostname, asked.port) == (ours.scheme, ours.hostname, ours.port)
    folder = ours.path.rstrip("/") + "/"
    return same and (asked.path == ours.path or asked.path.startswith(folder))


def post_json(url: str, body: dict[str, Any], *, seconds: float, token: str = "") -> Reply:
    """The reply to a JSON message. Raises NotAnswered when none comes in time, or one that is too large."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    reply = _post(url, json.dumps(body, ensure_ascii=False).encode(), headers, seconds, token)
    if reply.status == 401:
        for key in [key for key, (kept, _) in _KEPT.items() if kept == token]:
            _KEPT.pop(key, None)
    return reply


def post_form(url: str, fields: dict[str, str], *, seconds: float) -> Reply:
    """The reply to a form, as a token is asked for."""
    return _post(url, urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"}, seconds, "")


def token_at(url: str, client_id: str, secret: str, *, seconds: float) -> str:
    """A new bearer token for our id and secret (OAuth 2.0). Raises NotAnswered where none is given."""
    return _token_at(url, client_id, secret, seconds)[0]


def kept_token_at(url: str, client_id: str, secret: str, *, seconds: float) -> str:
    """A token as `token_at` gives it, used again until it expires or is turned down; one that says no end is not kept."""
    key = (url, client_id, hashlib.sha256(secret.encode()).hexdigest())
    kept = _KEPT.get(key)
    if kept is not None and time.monotonic() < kept[1]:
        return kept[0]
    asked = time.monotonic()
    given, holds_for = _token_at(url, client_id, secret, seconds)
    _KEPT[key] = (given, asked + holds_for - _BEFORE_THE_END)
    return given


_KEPT: dict[tuple[str, str, str], tuple[str, float]] = {}
_BEFORE_THE_END = 60.0


def _token_at(url: str, client_id: str, secret: str, seconds: float) -> tuple[str, float]:
    fields = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
    reply = post_form(url, fields, seconds=seconds)
    said = reply.body or {}
    given, holds_for = said.get("access_token"), said.get("expires_in")
    if reply.status != 200 or not isinstance(given, str) or not given.isascii() or not given:
        raise NotAnswered(f"没有取得访问令牌（{reply.status}）")
    return given, float(holds_for) if isinstance(holds_for, int) else 0.0


def _post(url: str, body: bytes, headers: dict[str, str], seconds: float, token: str) -> Reply:
    if not is_safe(url):
        raise NotAnswered("地址不是 https 地址，没有发送")
    if token:
        headers["Authorization"] = f"Bearer {token}"
    asked = Request(url, data=body, headers={**headers, "Accept": "application/json"}, method="POST")  # noqa: S310  checked above
    until = time.monotonic() + seconds
    try:
        with _opener().open(asked, timeout=seconds) as answer:
            return Reply(answer.status, _object(_read(answer, until)))
    except HTTPError as error:
        with error:
            said = error.headers.get("Retry-After", "")
            wait = float(said) if said.isdecimal() and len(said) < 5 else Reply.wait
            return Reply(error.code, _object(_read(error, until)), wait)
    except TimeoutError:
        raise NotAnswered(f"{seconds:g} 秒内没有答复") from None
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise NotAnswered(f"{seconds:g} 秒内没有答复") from None
        raise NotAnswered("连接不上对方系统") from None
    except (OSError, HTTPException):
        raise NotAnswered("连接中断，答复不完整") from None


def _read(answer: Any, until: float) -> bytes:
    """The whole body; each part may come in time and the whole still be late."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(_CHUNK) if hasattr(answer, "read1") else answer.read(_CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            raise NotAnswered(f"答复超过 {MOST_BYTES // (1024 * 1024)} MB")
        if time.monotonic() > until:
            raise NotAnswered("答复没有在规定时间内收完")
        parts.append(part)
    return b"".join(parts)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
