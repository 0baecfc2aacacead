"""Households for measuring: made from a seed, poorer and stranger than most, in strict SQLite tables and as plain columns.

Every branch of the rules is met. ``-1`` is not known, as in the facts the rules read; a few sums in a thousand are missing.
"""

import sqlite3
import sys
from pathlib import Path

import numpy as np

HOUSEHOLD = ("claim_type", "grace_kind", "grace_since", "grace_extension", "grace_previous_amount", "support_claim")
PERSON = (
    "birth_on", "relation", "absence_reason", "absence_proof", "same_hukou", "legal_duty", "claimant", "dead", "income_wage",
    "income_business", "income_property", "income_pension", "income_farming", "income_pension_central", "income_exempt",
    "income_transfer_other", "income_support_received", "assets_financial", "assets_homes", "assets_homes_relocation",
    "assets_vehicles", "assets_company", "disability_kind", "disability_grade", "illness_severe", "work_status", "work_refusals",
    "schooling_level", "veteran", "religious_resident", "register_counted", "in_prison", "missing_person", "hukou_local",
    "hukou_kind", "land_contracted", "capacity_lost", "obligor_none", "care_items_lost", "residence_institution",
    "holds_tekun", "holds_child_stipend", "holds_living", "child_benefit_chosen", "expense_medical", "expense_education",
    "expense_rehabilitation", "expense_aid", "child_father", "child_mother", "child_abandoned", "child_adopted",
    "child_placement", "child_hiv", "child_vaccine_injury", "child_vagrant", "child_other_hardship", "child_other_benefits",
    "income_fixed", "injury_nursing", "care_proof", "care_other_benefit", "care_other_amount",
)  # fmt: skip
SUPPORTER = (
    "supporter_income", "supporter_members", "supporter_dependants", "supporter_court_amount", "supporter_actual_amount",
    "supporter_exempt", "supporter_incapacity", "supporter_birth_on",
)  # fmt: skip

TABLES = {
    "household": ("id", *HOUSEHOLD),
    "person": ("id", "household_id", *PERSON),
    "supporter": ("id", "person_id", *SUPPORTER),
}
RESULTS = {
    "household": (
        "id", "since", "until", "dibao_outcome", "dibao_route", "dibao_amount", "margin_outcome", "hardship_outcome",
    ),
    "person": (
        "id", "since", "until", *(
            f"{name}_{what}"
            for name in ("tekun", "stipend", "living", "nursing", "allowance") for what in ("outcome", "route", "amount")
        ),
    ),
}  # fmt: skip
"""Rows of results: of whom something is granted or open, from which month to which."""

ROW_GROUP = 131_072
SIZES = (0.56, 0.30, 0.12, 0.02)
HEAD, SPOUSE, CHILD, CHILD_IN_LAW, GRANDCHILD, PARENT, GRANDPARENT, SIBLING, OTHER = range(9)
EMPLOYED, UNEMPLOYED, ABLE_IDLE, UNABLE, STUDENT, RETIRED = range(1, 7)
UNKNOWN = -1
YEAR = 2023
"""Dated values change twice in it: the standard in July, the months of grace in August."""

Column = np.ndarray
Columns = dict[str, Column]


def make(households: int, seed: int = 2023) -> tuple[Columns, Columns, Columns]:
    """Households, persons and supporters in columns, each with ``id`` and the id of what it belongs to."""
    random = np.random.default_rng(seed)
    family = _families(random, households)
    person = _persons(random, family)
    return family, person, _supporters(random, person)


def _families(random: np.random.Generator, rows: int) -> Columns:
    grace = random.choice(3, rows, p=(0.94, 0.03, 0.03))
    none = grace == 0
    since = _months(2022, 7) + random.integers(0, 18, rows)
    previous = np.where(random.random(rows) < 0.98, random.integers(100, 250_000, rows), UNKNOWN)
    return {
        "id": np.arange(1, rows + 1),
        "claim_type": random.choice((UNKNOWN, 0, 1, 2, 3), rows, p=(0.02, 0.78, 0.10, 0.05, 0.05)),
        "grace_kind": np.where(none & (random.random(rows) < 0.1), UNKNOWN, grace),
        "grace_since": np.where(none, UNKNOWN, since),
        "grace_extension": np.where(none, UNKNOWN, random.choice((UNKNOWN, 0, 2, 6, 9), rows)),
        "grace_previous_amount": np.where(none, UNKNOWN, previous),
        "support_claim": random.choice((UNKNOWN, 0, 1, 2), rows, p=(0.8, 0.1, 0.05, 0.05)),
    }


def _persons(random: np.random.Generator, family: Columns) -> Columns:
    sizes = random.choice(len(SIZES), len(family["id"]), p=SIZES) + 1
    household = np.repeat(family["id"], sizes)
    rows = len(household)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = np.arange(rows) - np.repeat(starts, sizes)

    def chance(share: float) -> Column:
        return random.random(rows) < share

    def mostly(share: float, made: Column | int, otherwise: Column | int = 0, unknown: float = 0.003) -> Column:
        return np.where(chance(unknown), UNKNOWN, np.where(chance(share), made, otherwise))

    def yes(share: float, unknown: float = 0.05) -> Column:
        return mostly(share, 1, 0, unknown)

    second = np.where(chance(0.65), SPOUSE, CHILD)
    later = random.choice((CHILD, CHILD, CHILD, PARENT, GRANDCHILD, SIBLING, OTHER), rows)
    relation = np.where(place == 0, HEAD, np.where(place == 1, second, later))
    grown = np.isin(relation, (HEAD, SPOUSE))
    age = np.where(grown, random.integers(25, 90, rows), random.integers(0, 60, rows))
    age = np.where(relation == PARENT, random.integers(55, 95, rows), age)
    birth = (YEAR - age) * 10_000 + random.integers(1, 13, rows) * 100 + random.integers(1, 29, rows)
    works = (age >= 18) & (age < 65) & chance(0.5)
    pension = np.where((age >= 60) & chance(0.8), random.integers(12_000, 60_000, rows), 0)
    farms = np.where(chance(0.3), random.integers(0, 60_000, rows), 0)
    disabled, certified = chance(0.25), random.integers(1, 8, rows)
    idle = random.choice((UNKNOWN, UNEMPLOYED, ABLE_IDLE, UNABLE, RETIRED), rows)
    central = np.minimum(pension, random.choice((9_800, 10_300, 12_300), rows))
    away = chance(0.06)
    alone = np.repeat(~np.isin(family["claim_type"], (UNKNOWN, 0)), sizes)
    return {
        "id": np.arange(1, rows + 1),
        "household_id": household,
        "birth_on": birth,
        "relation": relation,
        "absence_reason": np.where(away, random.integers(1, 10, rows), mostly(0, 0, 0, 0.05)),
        "absence_proof": yes(0.7, 0.2),
        "same_hukou": yes(0.8, 0.1),
        "legal_duty": yes(0.2, 0.2),
        "claimant": np.where(alone, mostly(0.4, 1, 0, 0.2), UNKNOWN),
        "dead": yes(0.01),
        "income_wage": mostly(0.97, np.where(works, random.integers(10_000, 300_000, rows), 0)),
        "income_business": mostly(0.97, farms + np.where(chance(0.1), random.integers(0, 150_000, rows), 0)),
        "income_property": mostly(0.1, random.integers(1, 40_000, rows)),
        "income_pension": mostly(1, pension),
        "income_farming": mostly(0.9, farms, 0, 0.05),
        "income_pension_central": mostly(0.8, central, 0, 0.05),
        "income_exempt": mostly(0.1, random.integers(1, 60_000, rows), 0, 0.05),
        "income_transfer_other": mostly(0.1, random.integers(1, 80_000, rows), 0, 0.05),
        "income_support_received": mostly(0.1, random.integers(1, 60_000, rows), 0, 0.05),
        "assets_financial": mostly(0.4, random.integers(0, 3_000_000, rows)),
        "assets_homes": mostly(0.5, random.integers(1, 3, rows), 0, 0.05),
        "assets_homes_relocation": yes(0.05),
        "assets_vehicles": yes(0.04),
        "assets_company": yes(0.02),
        "disability_kind": np.where(disabled, certified, mostly(0, 0, 0, 0.5)),
        "disability_grade": np.where(disabled, random.integers(1, 5, rows), UNKNOWN),
        "illness_severe": yes(0.12),
        "work_status": np.where(works, EMPLOYED, np.where((age < 22) & chance(0.7), STUDENT, idle)),
        "work_refusals": mostly(0.05, random.integers(1, 5, rows), 0, 0.05),
        "schooling_level": np.where((age >= 6) & (age < 27) & chance(0.7), random.integers(1, 9, rows), UNKNOWN),
        "veteran": yes(0.04),
        "religious_resident": yes(0.01),
        "register_counted": yes(0.97),
        "in_prison": yes(0.01),
        "missing_person": yes(0.005),
        "hukou_local": yes(0.96, 0.1),
        "hukou_kind": yes(0.7, 0.003),
        "land_contracted": yes(0.4),
        "capacity_lost": yes(0.03, 0.3),
        "obligor_none": yes(0.15, 0.3),
        "care_items_lost": mostly(0.2, random.integers(1, 7, rows)),
        "residence_institution": yes(0.02, 0.2),
        "holds_tekun": yes(0.02),
        "holds_child_stipend": np.where(age < 26, yes(0.05), 0),
        "holds_living": yes(0.05),
        "child_benefit_chosen": yes(0.01, 0.98),
        "expense_medical": mostly(0.15, random.integers(1, 8_000_000, rows), 0, 0.3),
        "expense_education": mostly(0.08, random.integers(1, 2_000_000, rows), 0, 0.3),
        "expense_rehabilitation": mostly(0.04, random.integers(1, 1_500_000, rows), 0, 0.3),
        "expense_aid": mostly(0.06, random.integers(1, 1_000_000, rows), 0, 0.3),
        "child_father": mostly(0.15, random.integers(1, 10, rows), 0, 0.2),
        "child_mother": mostly(0.15, random.integers(1, 10, rows), 0, 0.2),
        "child_abandoned": yes(0.004),
        "child_adopted": yes(0.02),
        "child_placement": yes(0.9, 0.2),
        "child_hiv": yes(0.003),
        "child_vaccine_injury": mostly(0.005, random.integers(1, 5, rows), 0, 0.2),
        "child_vagrant": yes(0.003),
        "child_other_hardship": yes(0.02),
        "child_other_benefits": mostly(0.9, random.integers(0, 90_000, rows), 0, 0.05),
        "income_fixed": yes(0.3, 0.003),
        "injury_nursing": yes(0.01),
        "care_proof": yes(0.6),
        "care_other_benefit": yes(0.06),
        "care_other_amount": mostly(0.9, random.integers(1, 30_000, rows), 0, 0.01),
    }


def _supporters(random: np.random.Generator, person: Columns) -> Columns:
    age = YEAR - person["birth_on"] // 10_000
    how_many = np.where(age > 55, random.choice(4, len(age), p=(0.55, 0.25, 0.15, 0.05)), 0)
    of = np.repeat(person["id"], how_many)
    rows = len(of)

    def often(share: float, made: Column) -> Column:
        return np.where(random.random(rows) < share, made, UNKNOWN)

    return {
        "id": np.arange(1, rows + 1),
        "person_id": of,
        "supporter_income": often(0.995, random.integers(0, 1_200_000, rows)),
        "supporter_members": often(0.995, random.integers(1, 6, rows)),
        "supporter_dependants": often(0.995, random.integers(1, 4, rows)),
        "supporter_court_amount": often(0.10, random.integers(0, 60_000, rows)),
        "supporter_actual_amount": often(0.30, random.integers(0, 60_000, rows)),
        "supporter_exempt": often(0.90, (random.random(rows) < 0.15).astype(np.int64)),
        "supporter_incapacity": often(0.95, random.choice(9, rows, p=(0.3, 0.05, 0.1, 0.2, 0.2, 0.05, 0.04, 0.03, 0.03))),
        "supporter_birth_on": often(
            0.9, (YEAR - random.integers(30, 95, rows)) * 10_000 + random.integers(1, 13, rows) * 100 + 15
        ),
    }


def _months(year: int, month: int) -> int:
    return year * 12 + month - 1


def write(folder: Path, households: int) -> tuple[int, int, int]:
    """``households.sqlite3``, Parquet files and a folder of plain columns are there; how many rows of each level they hold."""
    import pyarrow
    import pyarrow.parquet as parquet

    tables = dict(zip(("household", "person", "supporter"), make(households), strict=True))
    (folder / "columns").mkdir(parents=True, exist_ok=True)
    address = folder / "households.sqlite3"
    address.unlink(missing_ok=True)
    with sqlite3.connect(address) as database:
        for table, columns in tables.items():
            # STRICT: a database that guesses types would make every reader guess them again.
            named = ", ".join(f"{name} INTEGER NOT NULL" for name in columns if name != "id")
            database.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {named}) STRICT")
            marks = ", ".join("?" * len(columns))
            step = 50_000
            for lower in range(0, len(columns["id"]), step):
                rows = zip(*(column[lower : lower + step].tolist() for column in columns.values()), strict=True)
                database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608  # own names
        for unit, names in RESULTS.items():
            results = ", ".join(f"{name} INTEGER NOT NULL" for name in names)
            database.execute(f"CREATE TABLE {unit}_result ({results}) STRICT")
    database.close()
    for table, columns in tables.items():
        for name, column in columns.items():
            np.save(folder / "columns" / f"{table}.{name}.npy", column.astype(np.int32))
        small = [name for name, column in columns.items() if column.max() <= np.iinfo(np.int8).max]
        cells = {name: column.astype(np.int8 if name in small else np.int32) for name, column in columns.items()}
        # A column that might be null is read half as fast again, though nothing in it is.
        named = [pyarrow.field(name, pyarrow.from_numpy_dtype(column.dtype), nullable=False) for name, column in cells.items()]
        parquet.write_table(
            pyarrow.table(cells, schema=pyarrow.schema(named)),
            folder / f"{table}.parquet",
            compression="lz4",  # read in two thirds of the time of zstd
            use_dictionary=small,
            row_group_size=ROW_GROUP,
        )
    return tuple(len(columns["id"]) for columns in tables.values())


def peak_mib() -> float:
    """The most memory this process has held. ``ru_maxrss`` would count what whoever started it held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM"))) / 1024


if __name__ == "__main__":
    print(*write(Path(sys.argv[1]), int(sys.argv[2])))
