"""Property that was not declared: cars, homes, money, companies, machines (财产)."""

from collections.abc import Iterator, Sequence

from anmin.ground.verification.rules.records import Declared, Found, Limits, Record, amount, standing, yuan
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, FindingKind

NOT_COUNTED = ("残疾", "轮椅", "助残", "代步")
"""Words of a kind of vehicle that does not count (残疾人代步车)."""
LIVED_IN = ("住宅", "住房")
"""Words of a use by which a building is a home."""


def vehicles(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """More cars in the name of a person than declared; those of the disabled do not count."""
    cars = [each for each in standing(records, "vehicles") if not any(w in each.text("vehicle_kind") for w in NOT_COUNTED)]
    had = amount(declared, "assets.vehicles")
    if len(cars) > (had or 0):
        told = "、".join(f"{each.text('plate') or '号牌不详'}（{each.text('vehicle_kind') or '机动车'}）" for each in cars)
        yield Found(
            FindingKind.UNDECLARED_VEHICLE,
            cars[-1].hit_id,
            "未登记" if had is None else f"机动车{had}辆",
            f"机动车{len(cars)}辆：{told}"[:200],
            ("assets.vehicles", len(cars), cars[-1].as_of),
        )


def dwellings(records: Sequence[Record]) -> list[Record]:
    """The records of homes: what is built to live in, or where the department does not say."""
    return [
        each for each in standing(records, "real_estate") if not each.text("use") or any(w in each.text("use") for w in LIVED_IN)
    ]


def homes(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """More homes in the family's names than one to live in, and than declared; one that two own counts once."""
    mine = dwellings(records)
    if mine and declared.homes_found > max(declared.homes_declared, limits.homes):
        told = "、".join(each.text("location") or each.text("certificate") or "坐落不详" for each in mine)
        more = declared.homes_found - declared.homes_declared
        yield Found(
            FindingKind.UNDECLARED_HOME,
            mine[-1].hit_id,
            f"全家住房{declared.homes_declared}套",
            f"全家名下住房{declared.homes_found}套，其中本人名下：{told}"[:200],
            ("assets.homes", (amount(declared, "assets.homes") or 0) + more, mine[-1].as_of),
        )


def deposits(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """Money in accounts, funds, securities and insurance beyond what was declared."""
    named = {"deposits": "balance", "provident_fund": "balance", "securities": "value", "insurance": "value"}
    held = [each for each in standing(records, *named) if each.fen(named[each.source])]
    total = sum(each.fen(named[each.source]) for each in held)
    had = amount(declared, "assets.financial")
    if held and total > (had or 0) + limits.assets:
        by_source: dict[str, int] = {}
        for each in held:
            by_source[each.source] = by_source.get(each.source, 0) + each.fen(named[each.source])
        told = "、".join(f"{SOURCES[source].label}{yuan(fen)}" for source, fen in by_source.items())
        largest = max(held, key=lambda each: (each.fen(named[each.source]), -each.hit_id))
        yield Found(
            FindingKind.DEPOSIT,
            largest.hit_id,
            f"金融资产{yuan(had)}",
            f"金融资产合计{yuan(total)}：{told}"[:200],
            ("assets.financial", total, largest.as_of),
        )


def companies(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A share in a running company, or its legal representative."""
    for each in standing(records, "companies")[:1] if declared.facts.get("assets.company") != 1 else ():
        told = f"{each.text('company') or '企业'}（{each.text('position') or '任职或出资'}，{each.text('state') or '状态不详'}）"
        # A supporter's company is no fact of the rules: somebody weighs it.
        fact = ("assets.company", 1, each.as_of) if declared.capacity != Capacity.SUPPORTER else None
        yield Found(FindingKind.COMPANY, each.hit_id, "未申报企业登记或股份", told[:200], fact)


def farm_machinery(declared: Declared, records: Sequence[Record], limits: Limits) -> Iterator[Found]:
    """A large machine in the name of a person; whether it is what they live by, somebody looks."""
    for each in standing(records, "farm_machinery")[:1]:
        yield Found(FindingKind.FARM_MACHINERY, each.hit_id, "未申报大型农机具", f"{each.text('machine') or '农机具'}"[:200])
