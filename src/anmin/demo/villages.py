"""The county's villages by the names that towns write into their forms."""

import csv
from pathlib import Path

from anmin.base.errors import BadValue
from anmin.demo.county import Village


def read_villages(path: Path) -> tuple[str, list[Village]]:
    """The name of the county and its villages, from its list of areas."""
    if not path.is_file():
        raise BadValue(f"没有找到区划文件 {path}，请检查县（市）数据文件夹。")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    towns = {row["code"]: row["name"] for row in rows if row["level"] == "town"}
    county = next(row["name"] for row in rows if row["level"] == "county")
    return county, [Village(towns[row["parent"]], row["name"]) for row in rows if row["level"] == "village"]
