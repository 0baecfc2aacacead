"""A scenario: what a half-year of the county should come to, and how the people in it are spread.

A scenario states outcomes (households, persons, money) and shares (kinds of families, towns, reasons). It holds no amounts of
anybody: those are invented from the seed and judged by the platform's own rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from anmin.base.errors import BadValue
from anmin.base.money import FEN_PER_WAN, FEN_PER_YUAN, Fen
from anmin.base.periods import HalfYear, Month
from anmin.demo.holders.targets import Targets, read_targets

_KEYS = {
    "label", "note", "chosen", "seed", "period", "business_day", "opens_on", "paid_months", "standard_yuan",
    "central_pension_yuan", "closing", "admitted", "removed", "joined", "left", "paid_wan", "granted_by_month",
    "granted_later", "removed_by_month", "removed_later", "removal_reasons", "late_deaths", "applications", "open_cases",
    "reviews", "late_certificates", "undetermined", "failing_accounts", "families", "applicants", "checked", "towns", "published",
    "others",
}  # fmt: skip
_COUNT_KEYS = {"households", "persons"}


@dataclass(frozen=True)
class Count:
    """So many households with so many persons."""

    households: int
    persons: int

    def __add__(self, other: "Count") -> "Count":
        return Count(self.households + other.households, self.persons + other.persons)

    def __sub__(self, other: "Count") -> "Count":
        return Count(self.households - other.households, self.persons - other.persons)


@dataclass(frozen=True)
class Published:
    """What the bureau printed of the same period of the year before: figures by id, in the printed unit, and the paper."""

    period: HalfYear
    document: str
    published_on: date
    figures: Mapping[str, int]


@dataclass(frozen=True)
class Scenario:
    """One half-year as it should come out, and the shares from which it is invented.

    `admitted.persons` holds those who joined a family already on the register (`joined`), `removed.persons` those who left one
    that stays (`left`). Decisions of the last month take effect after the half-year: `granted_later`, `removed_later`.
    `checked` are the applying families whose means were asked about; `applicants` are other weights for their kinds.
    `published` is what was printed of the year before; `others` says who holds other benefits.
    """

    name: str
    label: str
    note: str
    chosen: tuple[str, ...]
    seed: int
    period: HalfYear
    opens_on: date
    business_day: date
    paid_months: tuple[Month, ...]
    standard: Fen
    central_pension: int
    closing: Count
    admitted: Count
    removed: Count
    joined: int
    left: int
    paid: Fen | None
    granted_by_month: tuple[int, ...]
    granted_later: int
    removed_by_month: tuple[int, ...]
    removed_later: int
    removal_reasons: Mapping[str, int]
    late_deaths: int
    applications: Mapping[str, int]
    open_cases: Mapping[str, int]
    reviews: Mapping[str, int]
    late_certificates: int
    undetermined: int
    failing_accounts: tuple[int, ...]
    families: Mapping[str, int]
    applicants: Mapping[str, int]
    checked: Count | None
    towns: Mapping[str, int]
    published: Published | None
    others: Targets

    @property
    def opening(self) -> Count:
        """What must be on the register the day before the half-year, so that opening + entries - exits = closing."""
        return self.closing - self.admitted + self.removed


def read_scenario(path: Path) -> Scenario:
    """The scenario of one file. Refuses unknown or missing entries and totals that cannot come out."""
    if not path.is_file():
        known = "、".join(sorted(each.stem for each in path.parent.glob("*.yaml")))
        raise BadValue(f"没有名为“{path.stem}”的演示场景，可用的有：{known}。")
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise BadValue(f"{path.name}：场景文件应是一组“名称: 值”。")
    for key in content:
        if key not in _KEYS:
            raise BadValue(f"{path.name}：不认识“{key}”这一项，可用的有：{'、'.join(sorted(_KEYS))}。")
    reader = _Reader(path.name, content)
    scenario = Scenario(
        name=path.stem,
        label=reader.of("label", str),
        note=content.get("note", ""),
        chosen=tuple(content.get("chosen", ())),
        seed=reader.of("seed", int),
        period=HalfYear.parse(reader.of("period", str)),
        opens_on=reader.of("opens_on", date),
        business_day=reader.of("business_day", date),
        paid_months=tuple(Month.parse(month) for month in reader.of("paid_months", list)),
        standard=reader.of("standard_yuan", int) * FEN_PER_YUAN,
        central_pension=reader.of("central_pension_yuan", int),
        closing=reader.count("closing"),
        admitted=reader.count("admitted"),
        removed=reader.count("removed"),
        joined=reader.of("joined", int),
        left=reader.of("left", int),
        paid=None if content.get("paid_wan") is None else reader.of("paid_wan", int) * FEN_PER_WAN,
        granted_by_month=tuple(reader.of("granted_by_month", list)),
        granted_later=reader.of("granted_later", int),
        removed_by_month=tuple(reader.of("removed_by_month", list)),
        removed_later=reader.of("removed_later", int),
        removal_reasons=reader.of("removal_reasons", dict),
        late_deaths=reader.of("late_deaths", int),
        applications=reader.of("applications", dict),
        open_cases=reader.of("open_cases", dict),
        reviews=reader.of("reviews", dict),
        late_certificates=reader.of("late_certificates", int),
        undetermined=reader.of("undetermined", int),
        failing_accounts=tuple(reader.of("failing_accounts", list)),
        families=reader.of("families", dict),
        applicants=content.get("applicants", {}),
        checked=reader.count("checked") if "checked" in content else None,
        towns=content.get("towns", {}),
        published=reader.published() if "published" in content else None,
        others=read_targets(path.name, content.get("others", {})),
    )
    _check(path.name, scenario)
    return scenario


class _Reader:
    def __init__(self, name: str, content: Mapping[str, Any]) -> None:
        self.name = name
        self.content = content

    def of(self, key: str, kind: type[Any]) -> Any:
        if key not in self.content:
            raise BadValue(f"{self.name}：缺少“{key}”。")
        value = self.content[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise BadValue(f"{self.name}：“{key}”的写法不对，应为 {kind.__name__}。")
        return value

    def count(self, key: str) -> Count:
        value = self.of(key, dict)
        if set(value) != _COUNT_KEYS:
            raise BadValue(f"{self.name}：“{key}”应写明 households 和 persons。")
        return Count(value["households"], value["persons"])

    def published(self) -> Published:
        value = self.of("published", dict)
        if set(value) != {"period", "document", "published_on", "figures"}:
            raise BadValue(f"{self.name}：“published”应写明 period、document、published_on 和 figures。")
        return Published(HalfYear.parse(value["period"]), value["document"], value["published_on"], value["figures"])


def _check(name: str, scenario: Scenario) -> None:
    for label, count in (("期末", scenario.closing), ("期初", scenario.opening), ("新增", scenario.admitted)):
        if not 0 <= count.households <= count.persons:
            raise BadValue(f"{name}：{label} {count.households} 户 {count.persons} 人不成立，每户至少一人。")
    before_last = len(scenario.period.months) - 1
    for key, total in (("granted_by_month", scenario.admitted), ("removed_by_month", scenario.removed)):
        months = getattr(scenario, key)
        if len(months) != before_last or sum(months) != total.households:
            raise BadValue(
                f"{name}：{key} 应为 {before_last} 个月、合计 {total.households} 户"
                f"（最后一个月的决定自下月起执行，另计）；现在是 {len(months)} 个月、合计 {sum(months)} 户。"
            )
    if sum(scenario.removal_reasons.values()) != scenario.removed.households + scenario.removed_later:
        raise BadValue(f"{name}：removal_reasons 合计应等于核减户数与 removed_later 之和。")
    if not all(month in scenario.period.months for month in scenario.paid_months):
        raise BadValue(f"{name}：paid_months 应在 {scenario.period} 之内。")
