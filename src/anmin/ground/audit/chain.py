"""Lines are appended to the chain inside the transaction of the action they record, and checked by walking it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives import hashes, hmac
from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from anmin.ground.audit.models import AuditHead, AuditLine

_LOCK = 0x616E6D696E  # "anmin": the advisory lock under which PostgreSQL orders the chain


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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    head, _ = AuditHead.objects.get_or_create(id=1)
    line = AuditLine(
        sequence=head.length + 1,
        at=at or timezone.now(),
        on=on,
        actor_id=actor_id,
        actor_name=actor_name,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        area_id=_area_of(subject),
        summary=summary or str(subject),
        basis=basis,
        # As it will be read back: dates as text, keys as text.
        details=json.loads(json.dumps(details or {}, default=str)),
        previous_seal=head.seal,
    )
    line.seal = _seal(line)
    line.save(force_insert=True)
    head.length, head.seal = line.sequence, line.seal
    head.save(update_fields=["length", "seal"])
    return line


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


def breaks() -> Iterator[Break]:
    """Each place where a line was changed, removed or inserted; nothing when the chain is whole."""
    expected, seal = 1, ""
    for line in AuditLine.objects.order_by("sequence", "id").iterator(chunk_size=2000):
        if line.sequence > expected:
            yield Break(expected, f"缺少第 {expected} 至 {line.sequence - 1} 条记录")
        elif line.sequence < expected:
            yield Break(line.sequence, f"第 {line.sequence} 条记录是插入的")
            continue
        if line.previous_seal != seal and line.sequence == expected:
            yield Break(line.sequence, f"第 {line.sequence} 条记录与上一条不相接")
        if line.seal != _seal(line):
            yield Break(line.sequence, f"第 {line.sequence} 条记录的内容被改动")
        expected, seal = line.sequence + 1, line.seal
    head = AuditHead.objects.filter(id=1).first()
    length, last = (head.length, head.seal) if head else (0, "")
    if expected - 1 < length:
        yield Break(expected, f"缺少第 {expected} 至 {length} 条记录")
    elif expected - 1 > length:
        yield Break(length + 1, f"链尾之后多出 {expected - 1 - length} 条记录")
    elif last != seal:
        yield Break(length, "链尾封印与最后一条记录不一致")
