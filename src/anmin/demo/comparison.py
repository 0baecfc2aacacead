"""What the bureau printed beside what our records give."""

from collections.abc import Iterator
from dataclasses import dataclass

from anmin.base.money import format_wan, format_yuan
from anmin.demo.scenario import Scenario
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.indicators import queries as indicators

_OF_DIBAO = (
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
SHOWN = (
    *_OF_DIBAO,
    "assistance.tekun.persons",
    "assistance.tekun.urban.persons",
    "assistance.tekun.rural.persons",
    "assistance.tekun.funds",
    "assistance.margin.households",
    "assistance.margin.persons",
    "assistance.hardship.households",
    "assistance.hardship.persons",
    "assistance.temporary.funds",
    "assistance.festival.persons",
    "assistance.festival.funds",
    "assistance.intake.persons",
    "assistance.intake.tekun.persons",
    "assistance.removal.persons",
    "assistance.removal.tekun.persons",
    "assistance.removal.margin.households",
    "assistance.removal.margin.persons",
    "assistance.removal.hardship.households",
    "assistance.removal.hardship.persons",
    "disability.two_subsidies.persons",
    "disability.two_subsidies.funds",
    "disability.nursing.admitted.persons",
    "children.stipend.persons",
    "children.stipend.funds",
    "eldercare.allowance.persons",
    "eldercare.allowance.funds",
    "assistance.village_visit.persons",
    "assistance.village_visit.funds",
    "assistance.dialysis_visit.gifts",
    "assistance.dialysis_visit.cash",
    "assistance.verification.provincial.records",
    "assistance.home_visits.villages",
    "assistance.home_visits.households",
)
"""The figures that the bureau printed, or that say how they came about."""

_PLACES = {"assistance.festival.funds": 2, "assistance.dialysis_visit.cash": 1}
"""The money that is printed in ten thousands with so many places."""


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
    held = {name for name, _, _ in _of_others(scenario)}
    shown = [name for name in SHOWN if name in _OF_DIBAO or name in held]
    for figure in indicators.figures(SYSTEM, scenario.period, ids=shown, last_year=False):
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
        **{name: (value, chosen) for name, value, chosen in _of_others(scenario)},
    }


def _of_others(scenario: Scenario) -> Iterator[tuple[str, str, bool]]:
    """What was printed of the other benefits, and what the scenario chose where nothing was."""
    others, chosen = scenario.others, "others" in scenario.chosen
    if (tekun := others.tekun) is not None:
        yield "assistance.tekun.persons", str(tekun.urban + tekun.rural), chosen
        yield "assistance.tekun.urban.persons", str(tekun.urban), chosen
        yield "assistance.tekun.rural.persons", str(tekun.rural), chosen
        yield "assistance.tekun.funds", str(tekun.paid_wan), chosen
        yield "assistance.intake.tekun.persons", str(tekun.admitted), chosen
        yield "assistance.removal.tekun.persons", str(tekun.removed), chosen
    for name, layer in (("margin", others.margin), ("hardship", others.hardship)):
        if layer is not None:
            yield f"assistance.{name}.households", str(layer.households), chosen
            yield f"assistance.{name}.persons", str(layer.persons), chosen
            yield f"assistance.removal.{name}.households", str(layer.left_households), chosen
            yield f"assistance.removal.{name}.persons", str(layer.left_persons), chosen
    if others.tekun is not None and others.margin is not None and others.hardship is not None:
        came = scenario.admitted.persons + others.tekun.admitted + others.margin.came_persons + others.hardship.came_persons
        yield "assistance.intake.persons", str(came), chosen
        # The printed total contradicts its printed parts, so nothing is held against it.
        yield "assistance.removal.persons", "", False
    if others.temporary is not None:
        yield "assistance.temporary.funds", str(others.temporary.paid_wan), chosen
    if others.festival is not None:
        yield "assistance.festival.persons", str(others.festival.persons), True
        yield "assistance.festival.funds", format_wan(others.festival.paid, 2), chosen
    if others.village_visit is not None:
        yield "assistance.village_visit.persons", str(others.village_visit.persons), chosen
        yield "assistance.village_visit.funds", str(others.village_visit.persons // 10), chosen
    if others.dialysis_visit is not None:
        yield "assistance.dialysis_visit.gifts", str(others.dialysis_visit.gifts), chosen
        yield "assistance.dialysis_visit.cash", f"{others.dialysis_visit.cash / 10:.1f}", chosen
    if others.verification is not None:
        yield "assistance.verification.provincial.records", str(others.verification.items), chosen
    if others.home_checks is not None:
        yield "assistance.home_visits.villages", str(others.home_checks.villages), chosen
        yield "assistance.home_visits.households", str(others.home_checks.households), chosen
    if others.disabled is not None:
        yield "disability.two_subsidies.persons", str(others.disabled.persons), chosen
        yield "disability.two_subsidies.funds", str(others.disabled.paid_wan), chosen
        yield "disability.nursing.admitted.persons", str(others.disabled.newly_nursing), chosen
    if others.children is not None:
        yield "children.stipend.persons", str(others.children.persons), chosen
        yield "children.stipend.funds", str(others.children.paid_wan), chosen
    if others.elders is not None:
        yield "eldercare.allowance.persons", str(others.elders.total), True
        yield "eldercare.allowance.funds", "", False


def _printed(name: str, value: int | None) -> str:
    if value is None:
        return "—"
    if name in _PLACES:
        return format_wan(value, _PLACES[name])
    if name.endswith(".funds"):
        return format_wan(value, 0)
    if name in ("assistance.dibao.standard", "assistance.dibao.average_topup"):
        return format_yuan(value).removesuffix(".00")
    return str(value)
