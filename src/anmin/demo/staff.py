"""The invented staff of the county: two or three clerks to a town, a few people at the bureau."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from pypinyin import lazy_pinyin

from anmin.demo import names

_COUNTY = (
    ("shenhe", "科室审核人", 3),
    ("queren", "审核确认人", 2),
    ("fafang", "发放经办人", 3),
    ("lingdao", "局领导", 2),
    ("shenji", "审计监督", 1),
    ("guanli", "系统管理员", 1),
)
TOWN_CLERK = "镇（街道）经办人"


@dataclass(frozen=True)
class StaffMember:
    """One line of the staff list: sign-in name, name, role in Chinese, where it is held (a town, or the county)."""

    username: str
    name: str
    role: str
    area: str
    phone: str


class Staffing:
    """Who works where; answers with sign-in names."""

    def __init__(self, rng: Random, county: str, towns: Sequence[str]) -> None:
        self.members: list[StaffMember] = []
        self._used: set[str] = set()
        self._clerks: dict[str, list[str]] = {}
        self._county: dict[str, list[str]] = {}
        for town in towns:
            stem = "".join(lazy_pinyin(town.removesuffix("镇").removesuffix("街道").removesuffix("办事处")))
            self._clerks[town] = [self._add(rng, f"{stem}{place}", TOWN_CLERK, town) for place in (1, 2)]
        for stem, role, count in _COUNTY:
            self._county[stem] = [self._add(rng, f"{stem}{place}", role, county) for place in range(1, count + 1)]

    def _add(self, rng: Random, username: str, role: str, area: str) -> str:
        birth_on = date(rng.randint(1970, 1996), rng.randint(1, 12), rng.randint(1, 28))
        while True:
            name = names.surname(rng) + names.given_name(rng, female=rng.random() < 0.5, birth_on=birth_on)
            # Two of one name in one office would make the story of a case unreadable.
            if name not in self._used:
                self._used.add(name)
                break
        self.members.append(StaffMember(username, name, role, area, f"129{rng.randrange(10**8):08d}"))
        return username

    @property
    def towns(self) -> list[str]:
        """The towns that have clerks."""
        return list(self._clerks)

    def clerks(self, town: str) -> list[str]:
        """The clerks of a town; the first of them signs."""
        return self._clerks[town]

    def at_bureau(self, stem: str, turn: int = 0) -> str:
        """One of those who hold a county role, in turn."""
        holders = self._county[stem]
        return holders[turn % len(holders)]
