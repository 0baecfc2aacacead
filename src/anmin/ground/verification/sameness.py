"""Whether two delivered rows are the same record: of another delivery, though its sums and days have changed."""

import json
from collections.abc import Mapping
from typing import Any

from anmin.ground.people import secrecy
from anmin.ground.verification.sources import SOURCES, WHO

Mark = tuple[str, ...]


def mark_of(source: str, row: Mapping[str, Any]) -> Mark:
    """What tells a record of one person from the others of the same source; equal for the same record."""
    register = SOURCES[source]
    mark = tuple(str(row.get(name) or "") for name in register.told_apart_by)
    if any(mark) or not mark:
        return mark
    # A department that leaves out the plate tells its cars apart by whatever else it delivers.
    return tuple(str(row.get(each.name) or "") for each in register.fields if each.name != "state")


def seal_of_record(source: str, row: Mapping[str, Any]) -> str:
    """64 hexadecimal digits, the same for the same record with the same words of who it is about; they name nobody."""
    who = [str(row.get(each.name) or "") for each in WHO]
    said = json.dumps([source, who, mark_of(source, row)], ensure_ascii=False)
    return secrecy.keyed_seal("verification.record", said.encode())
