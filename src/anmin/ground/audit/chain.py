"""Lines are appended to the chain inside the transaction of the action they record, and checked by walking it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from anmin.ground.audit.models import AuditHead, AuditLine


def _seal(line: AuditLine) -> str:
    """HMAC-SM3 over everything the line says and the seal before it; without the key a line cannot be forged."""
    said = json.dumps(
        [
            line.sequence,
            # Whole microseconds in UTC: both databases give them back as they got them.
            int(line.at.timestamp()) * 1_000_000 + line.at.microsecond,
            line.on.isoformat(),
            line.actor_id,
            line.actor_name,
            line.verb,
            line.subject_kind,
            line.subject_id,
            line.area_id,
            line.summary,
            line.basis,
            line.details,
            line.previous_seal,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    mac = hmac.HMAC(settings.AUDIT_KEY, hashes.SM3())
    mac.update(said.encode())
    return mac.finalize().hex()


def append(
    *,
    verb: str,
    subject: models.Model,
    actor_id: int | None,
    actor_name: str,
    on: date,
    summary: str = "",
    basis: str = "",
    details: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> AuditLine:
    """One more line at the end of the chain, in the running transaction; lines of other transactions wait for it."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an audit line is written with what it records, or not at all")
    # Writers wait for each other at the head. SQLite knows no such lock and needs none: its transactions begin IMMEDIATE.
    head, _ = AuditHead.objects.select_for_update().get_or_create(id=1)
    line = AuditLine(
        sequence=head.length + 1,
        at=at or timezone.now(),
        on=on,
        actor_id=actor_id,
        actor_name=actor_name,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id="" if subject.pk is None else str(subject.pk),
        area_id=_area_of(subject),
        summary=_shortened(summary or str(subject), 400),
        basis=_shortened(basis, 200),
        details=_plain(details or {}),
        previous_seal=head.seal,
    )
    line.seal = _seal(line)
    line.save(force_insert=True)
    head.length, head.seal = line.sequence, line.seal
    head.save(update_fields=["length", "seal"])
    return line


def _plain(value: Any) -> Any:
    """The details as both databases give them back, so that the seal still fits: keys, dates and fractions as text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in (sorted(value) if isinstance(value, set | frozenset) else value)]
    # PostgreSQL rewrites 1e16 as a whole number, and knows no NaN.
    return value if value is None or type(value) in (bool, int, str) else str(value)


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def _area_of(subject: models.Model) -> int | None:
    if subject._meta.label_lower == "areas.area":
        return int(subject.pk)
    area_id = getattr(subject, "area_id", None)
    return int(area_id) if area_id is not None else None


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: the sequence number and what is wrong, in Chinese."""

    sequence: int
    problem: str


def length() -> int:
    """How many lines the chain has by its head."""
    head = AuditHead.objects.filter(id=1).first()
    return head.length if head else 0


def holds_seal(seal: str) -> bool:
    """Whether a seal that was noted elsewhere is still in the chain.

    Whoever has the database can put an older state of it back, head and all; only what was noted outside shows that.
    """
    return AuditLine.objects.filter(seal=seal).exists()


def last_seal() -> str:
    """The seal at the end of the chain, to be noted elsewhere; empty for an empty log."""
    head = AuditHead.objects.filter(id=1).first()
    return head.seal if head else ""


def breaks(passed: Callable[[int], None] | None = None) -> Iterator[Break]:
    """Each place where a line was changed, removed or inserted; nothing when the chain is whole.

    `passed` is told the number of each line that has been looked at.
    """
    expected, seal = 1, ""
    for line in AuditLine.objects.order_by("sequence").iterator(chunk_size=2000):
        if passed is not None:
            passed(line.sequence)
        if line.sequence > expected:
            yield Break(expected, _missing(expected, line.sequence - 1))
        elif line.sequence < expected:
            yield Break(line.sequence, f"第 {line.sequence} 条记录是插入的")
            continue
        if line.previous_seal != seal and line.sequence == expected:
            yield Break(line.sequence, f"第 {line.sequence} 条记录与上一条不相接")
        if line.seal != _seal(line):
            yield Break(line.sequence, f"第 {line.sequence} 条记录的内容被改动")
        expected, seal = line.sequence + 1, line.seal
    head = AuditHead.objects.filter(id=1).first()
    said, last = (head.length, head.seal) if head else (0, "")
    if expected - 1 < said:
        yield Break(expected, _missing(expected, said))
    elif expected - 1 > said:
        yield Break(said + 1, f"链尾之后多出 {expected - 1 - said} 条记录")
    elif last != seal:
        yield Break(said, "链尾封印与最后一条记录不一致")


def _missing(first: int, last: int) -> str:
    return f"缺少第 {first} 条记录" if first == last else f"缺少第 {first} 至 {last} 条记录"
