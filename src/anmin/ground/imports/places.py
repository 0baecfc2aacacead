"""Names of towns and villages as they are written in files, found in one reading of the map."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area, AreaSpell
from anmin.ground.areas.vocabulary import Level

_ENDINGS = ("村民委员会", "居民委员会", "社区居委会", "村委会", "居委会", "社区", "街道办事处", "办事处", "街道", "村", "镇")


@dataclass(frozen=True, slots=True)
class Village:
    """A village or community: its id, its path, its name, its town's name."""

    id: int
    path: str
    name: str
    town: str


def bare(name: str) -> str:
    """The name without what kind of place it is: 刘桥村, 刘桥村委会 and 刘桥 are one."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


class AreaBook:
    """Finds villages by the names of town and village, for everybody who imports on a day; three queries in all."""

    def __init__(self, actor: Actor, on: date) -> None:
        self.actor = actor
        self.on = on
        areas = {area.pk: area for area in Area.objects.all()}
        self._towns: dict[str, Area] = {}
        self._villages: dict[tuple[int, str], Area] = {}
        self._town_names: dict[str, list[str]] = {}
        former = [(spell.name, areas[spell.area_id]) for spell in AreaSpell.objects.all()]
        present = [(area.name, area) for area in areas.values()]
        # Present names last, so that they win over what another place was once called.
        for name, area in (*former, *present):
            alive = _survivor(area, areas)
            if alive.valid_until is not None and alive.valid_until < on:
                continue
            if area.level == Level.TOWN:
                self._towns[name] = alive
            elif area.level == Level.VILLAGE:
                for parent_id in {area.parent_id, alive.parent_id}:
                    # A village of a merged town is asked for under either town.
                    if parent_id is not None:
                        self._villages[_survivor(areas[parent_id], areas).pk, name] = alive
        for name, town in list(self._towns.items()):
            self._towns.setdefault(bare(name), town)
        for (town_id, name), village in list(self._villages.items()):
            self._villages.setdefault((town_id, bare(name)), village)
        for village in areas.values():
            if village.level == Level.VILLAGE and village.parent_id is not None:
                self._town_names.setdefault(village.name, []).append(areas[village.parent_id].name)
        self._kept: dict[tuple[str, str], Village] = {}

    def town(self, name: str) -> Area:
        """The town with that name. Refuses an unknown one, with the nearest names."""
        found = self._towns.get(name) or self._towns.get(bare(name))
        if found is None:
            raise BadValue(f"没有名为“{name}”的镇街{_nearest(name, {area.name for area in self._towns.values()})}。")
        return found

    def village(self, town: Area, name: str, *, in_scope: bool = True) -> Village:
        """The village of the town. Refuses an unknown one, with the nearest names, and one outside what the actor may see."""
        key = (town.name, name)
        if key not in self._kept:
            self._kept[key] = self._found(town, name)
        village = self._kept[key]
        if in_scope and not self.actor.sees(village.path):
            raise BadValue(f"{town.name}{village.name}不在您负责的范围内，请由当地经办人导入。")
        return village

    def _found(self, town: Area, name: str) -> Village:
        found = self._villages.get((town.pk, name)) or self._villages.get((town.pk, bare(name)))
        if found is None:
            elsewhere = [other for other in self._town_names.get(name, []) if other != town.name]
            if elsewhere:
                raise BadValue(f"{town.name}没有“{name}”，同名的村居在{'、'.join(elsewhere)}，请检查镇街是否填错。")
            names = {area.name for (town_id, _), area in self._villages.items() if town_id == town.pk}
            raise BadValue(f"{town.name}没有名为“{name}”的村居{_nearest(name, names)}。")
        return Village(found.pk, found.path, found.name, town.name)


def _survivor(area: Area, areas: dict[int, Area]) -> Area:
    while area.merged_into_id is not None:
        area = areas[area.merged_into_id]
    return area


def _nearest(name: str, names: set[str]) -> str:
    by_bare = {bare(full): full for full in sorted(names)}
    near = get_close_matches(bare(name), by_bare, n=3, cutoff=0.3)
    return f"，相近的有：{'、'.join(by_bare[short] for short in near)}，请检查名称" if near else "，请检查名称"
