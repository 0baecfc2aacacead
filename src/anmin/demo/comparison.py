"""What the bureau printed beside what our records give."""

from collections.abc import Iterator
from dataclasses import dataclass

from anmin.base.money import format_wan, format_yuan
from anmin.demo.scenario import Scenario
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.indicators import queries as indicators

SHOWN = (
    "assistance.dibao.households",
    "assistance.dibao.persons",
    "assistance.dibao.standard",
    "assistance.dibao.funds",
    "assistance.intake.dibao.households",
    "assistance.intake.dibao.persons",
    "assistance.removal.dibao.households",
    "assistance.removal.dibao.persons",
    "assistance.verification.applications.households",
    "assistance.verification.applications.persons",
    "assistance.dibao.paid_months",
    "assistance.dibao.average_topup",
    "assistance.dibao.single.persons",
    "assistance.dibao.grace.households",
)


@dataclass(frozen=True)
class Compared:
    """One figure: as printed (or as the scenario chose it), as our records give it, and how many rows are behind."""

    label: str
    reported: str
    chosen: bool
    found: str
    unit: str
    rows: int

    @property
    def agrees(self) -> bool | None:
        """Whether the two are equal to the printed rounding; None where nothing was printed."""
        return None if not self.reported else self.reported == self.found


def compare(scenario: Scenario) -> Iterator[Compared]:
    """Every shown figure of the scenario's half-year."""
    reported = _reported(scenario)
    for figure in indicators.figures(SYSTEM, scenario.period, ids=SHOWN, last_year=False):
        name = figure.id
        told, chosen = reported.get(name, ("", False))
        found = _printed(name, figure.value)
        yield Compared(figure.label, told, chosen, found, figure.unit, figure.row_count)


def _reported(scenario: Scenario) -> dict[str, tuple[str, bool]]:
    def told(value: int | None, key: str) -> tuple[str, bool]:
        return ("" if value is None else str(value), key in scenario.chosen)

    checked = scenario.checked
    wan = None if scenario.paid is None else int(format_wan(scenario.paid, 0))
    return {
        "assistance.dibao.households": told(scenario.closing.households, "closing"),
        "assistance.dibao.persons": told(scenario.closing.persons, "closing"),
        "assistance.dibao.standard": told(scenario.standard // 100, "standard_yuan"),
        "assistance.dibao.funds": told(wan, "paid_wan"),
        "assistance.intake.dibao.households": told(scenario.admitted.households, "admitted"),
        "assistance.intake.dibao.persons": told(scenario.admitted.persons, "admitted"),
        "assistance.removal.dibao.households": told(scenario.removed.households, "removed"),
        "assistance.removal.dibao.persons": told(scenario.removed.persons, "removed"),
        "assistance.verification.applications.households": told(checked.households if checked else None, "checked"),
        "assistance.verification.applications.persons": told(checked.persons if checked else None, "checked"),
    }


def _printed(name: str, value: int | None) -> str:
    if value is None:
        return "—"
    if name == "assistance.dibao.funds":
        return format_wan(value, 0)
    if name in ("assistance.dibao.standard", "assistance.dibao.average_topup"):
        return format_yuan(value).removesuffix(".00")
    return str(value)
