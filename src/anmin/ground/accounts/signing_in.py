"""Every sign-in, failed sign-in and sign-out has its line in the log, whichever door it came through.

Legal basis: GB/T 22239-2019, security audit. What was typed as a password is never kept, and what was typed as a sign-in name
only when it is one: people type passwords into the wrong box.
"""

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import transaction
from django.http import HttpRequest

from anmin.base import clock
from anmin.ground.accounts.models import Staff
from anmin.ground.audit import chain

_BASIS = "《信息安全技术 网络安全等级保护基本要求》（GB/T 22239-2019）安全审计"


def listen() -> None:
    """Connects the log to what Django announces, once per process."""
    user_logged_in.connect(_signed_in, dispatch_uid="anmin.signed_in")
    user_login_failed.connect(_failed, dispatch_uid="anmin.sign_in_failed")
    user_logged_out.connect(_signed_out, dispatch_uid="anmin.signed_out")


def _signed_in(*, user: Staff, request: HttpRequest | None = None, **_: Any) -> None:
    _note("staff.signed_in", user, user, "登录", request)


def _signed_out(*, user: Staff | None, request: HttpRequest | None = None, **_: Any) -> None:
    # Leaving a session that has already run out is nobody's doing.
    if user is not None:
        _note("staff.signed_out", user, user, "退出登录", request)


def _failed(*, credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    staff = Staff.objects.filter(username=credentials.get("username")).first()
    # django-axes stands before this app among the installed ones, so it has judged already.
    locked = bool(getattr(request, "axes_locked_out", False))
    if staff is None:
        summary = "登录失败：账号不存在"
    elif locked:
        summary = f"账号“{staff.username}”登录失败：连续输错，已暂时锁定"
    elif not staff.is_active:
        summary = f"账号“{staff.username}”登录失败：账号已停用"
    else:
        summary = f"账号“{staff.username}”登录失败：密码不正确"
    _note("staff.sign_in_failed", staff or Staff(), None, summary, request, locked=locked)


def _note(verb: str, subject: Staff, by: Staff | None, summary: str, request: HttpRequest | None, **details: Any) -> None:
    address = get_client_ip_address(request) if request is not None else None
    with transaction.atomic():
        chain.append(
            verb=verb,
            subject=subject,
            actor_id=by.pk if by else None,
            actor_name=by.name if by else "未登录者",
            on=clock.today(),
            summary=summary,
            basis=_BASIS,
            details={"address": address or "", **details},
        )
