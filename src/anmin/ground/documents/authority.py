"""Whose papers these are: the bureau, the mark of its numbers, where a person may complain. One file per county."""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import yaml
from django.conf import settings

from anmin.base.errors import BadValue


@dataclass(frozen=True)
class Authority:
    """`mark` begins document numbers (海民); `review_authority` decides administrative reconsideration (行政复议)."""

    name: str
    mark: str
    county: str
    government: str
    review_authority: str
    court: str
    telephone: str
    address: str


def authority() -> Authority:
    """The authority of the county this platform works for."""
    return _read(settings.COUNTY_DIR / "authority.yaml")


@lru_cache
def _read(path: Path) -> Authority:
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BadValue(f"没有找到本县机关信息文件 {path}，请检查安装或设置。") from None
    names = {field.name for field in fields(Authority)}
    if not isinstance(found, dict) or set(found) != names:
        raise BadValue(f"{path}：应填写且只填写 {'、'.join(sorted(names))}。")
    return Authority(**{name: str(found[name]) for name in names})
