"""Areas as they are and as they were, and the filter that keeps a clerk inside the own area."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas.models import Area, AreaCode, AreaSpell
from anmin.ground.areas.vocabulary import Level


def within(actor: Actor, field: str = "area") -> Q:
    """The rows whose area lies in what the actor may see; none for an actor without a role.

    `field` leads from the row to its area (`household__area`); it is empty for rows that are areas themselves.
    """
    lookup = f"{field}__path__startswith" if field else "path__startswith"
    # An empty Q means "everything", so it may only stand for the scope that really is everything.
    if "" in actor.scope:
        return Q()
    inside = Q(pk__in=[])
    for path in actor.scope:
        inside |= Q(**{lookup: path})
    return inside


def in_force(on: date) -> Q:
    """The areas that exist on a day."""
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))


def areas(actor: Actor, level: Level | None = None, on: date | None = None) -> QuerySet[Area]:
    """The areas the actor may see, by code; of one level, and those that exist on a day, where these are given."""
    rows = Area.objects.filter(within(actor, field=""))
    if level is not None:
        rows = rows.filter(level=level)
    return rows if on is None else rows.filter(in_force(on))


def towns(actor: Actor, on: date | None = None) -> QuerySet[Area]:
    """The towns, streets and offices the actor may see."""
    return areas(actor, level=Level.TOWN, on=on)


def villages(actor: Actor, town: Area, on: date | None = None) -> QuerySet[Area]:
    """The villages and communities of a town, as far as the actor may see them."""
    return areas(actor, level=Level.VILLAGE, on=on).filter(path__startswith=town.path)


def names_of_roles(actor: Actor) -> dict[str, str]:
    """The names, by path, of the county and of the areas in which the actor holds a role; one question."""
    held = {path for _, path in actor.roles}
    return dict(Area.objects.filter(Q(level=Level.COUNTY) | Q(path__in=held)).values_list("path", "name"))


def town_of(area: Area) -> Area | None:
    """The town an area lies in (a town lies in itself); None for the county."""
    step: Area | None = area
    while step is not None and step.level != Level.TOWN:
        step = step.parent
    return step


def by_code(code: str) -> Area:
    """The area with our code. Refuses a code that is not ours."""
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise BadValue(f"没有代码为“{code}”的镇（街道）或村（社区），请检查区划代码。")
    return found


def by_name(actor: Actor, name: str, town: str = "", on: date | None = None) -> Area:
    """The one area that bears a name, among those the actor may see; with the town's name where villages share theirs.

    A former name finds its area, and a merged area the one it went into. Refuses a name nobody bears, and one that several
    bear.
    """
    # Towns' forms are typed by hand: blanks creep in.
    name, town = name.strip(), town.strip()
    seen = areas(actor).select_related("parent")
    found = list(seen.filter(name=name)) or list(seen.filter(spells__name=name).distinct())
    if town:
        found = [area for area in found if area.parent is not None and town in _names(area.parent)]
    if on is not None and len(found) > 1:
        found = [area for area in found if area.valid_until is None or area.valid_until >= on]
    where = f"{town}" if town else "本县"
    if not found:
        raise BadValue(f"{where}没有名为“{name}”的村（社区）或镇（街道），请检查名称，或先由系统管理员登记。")
    if len(found) > 1:
        raise BadValue(f"{where}有 {len(found)} 个“{name}”，请同时填写所在镇（街道）。")
    return survivor(found[0])


def survivor(area: Area) -> Area:
    """The area that goes on: itself, or the one it was merged into, however often."""
    while area.merged_into is not None:
        area = area.merged_into
    return area


def spell_on(area: Area, on: date) -> AreaSpell | None:
    """The name and the parent of an area on a day; None where its history does not reach."""
    return (
        AreaSpell.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), area=area, valid_from__lte=on)
        .select_related("parent")
        .first()
    )


def name_on(area: Area, on: date) -> str:
    """What the area was called on a day; its present name where its history does not reach."""
    spell = spell_on(area, on)
    return spell.name if spell else area.name


def history(actor: Actor, area: Area) -> QuerySet[AreaSpell]:
    """The names and parents of an area, the oldest first."""
    return AreaSpell.objects.filter(within(actor), area=area).select_related("parent")


def codes(actor: Actor, area: Area, on: date | None = None) -> QuerySet[AreaCode]:
    """The official codes of an area, by list; those that hold on a day where one is given."""
    rows = AreaCode.objects.filter(within(actor), area=area)
    return rows if on is None else rows.filter(in_force(on))


def outlines(actor: Actor, on: date | None = None) -> dict[str, Any]:
    """The schematic outlines of the towns the actor may see, as a GeoJSON FeatureCollection for the map of the home page.

    The shapes are invented; no boundary may be read from them.
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"code": town.code, "name": town.name}, "geometry": town.outline}
            for town in towns(actor, on=on)
            if town.outline is not None
        ],
    }


def _names(area: Area) -> set[str]:
    return {area.name, *area.spells.values_list("name", flat=True)}
