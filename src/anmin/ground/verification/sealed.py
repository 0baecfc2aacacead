"""The delivered row as a hit keeps it: encrypted, for it may be about a namesake."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.ground.people import secrecy


def cipher_of(row: Mapping[str, Any]) -> bytes:
    """The delivered row as a hit keeps it: what was left blank left out, encrypted."""
    kept = {
        name: value.isoformat() if isinstance(value, date) else value for name, value in row.items() if value not in (None, "")
    }
    return secrecy.encrypt(json.dumps(kept, ensure_ascii=False))


def delivered(cipher: bytes | memoryview) -> dict[str, Any]:
    """The row as the department delivered it, out of what a hit keeps: fields of the source, dates as text."""
    found: dict[str, Any] = json.loads(secrecy.decrypt(cipher))
    return found
