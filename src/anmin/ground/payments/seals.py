"""SM3 hashes of a roll's lines and of the roll; a later reader computes them anew and sees whether anything was touched.

The roll's seal stands in the audit line of its approval too, so it cannot be replaced together with the lines.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from cryptography.hazmat.primitives import hashes

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def snapshot_text(snapshot: Mapping[str, Any]) -> str:
    """The one way in which a snapshot is written; PostgreSQL reorders keys, so they are sorted."""
    return _WRITER.encode(snapshot)


def line_seal(
    benefit: str,
    month: str,
    entitlement_id: int,
    for_month: str,
    kind: str,
    persons: int,
    due: int,
    already: int,
    amount: int,
    snapshot: str,
) -> str:
    """The hash of everything a line says; `snapshot` as `snapshot_text` writes it."""
    return _sm3(f"{benefit}|{month}|{entitlement_id}|{for_month}|{kind}|{persons}|{due}|{already}|{amount}|{snapshot}")


def roll_seal(benefit: str, month: str, total: int, line_seals: Iterable[str]) -> str:
    """The hash of a roll: its heading and its lines in the order of entitlement and month."""
    return _sm3("\n".join([f"{benefit}|{month}|{total}", *line_seals]))


def _sm3(text: str) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(text.encode())
    return digest.finalize().hex()
