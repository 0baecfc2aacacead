"""Areas are opened, renamed and merged; none is ever deleted, and what was stays readable."""

from datetime import date, timedelta
from pathlib import Path

from django.db.models import F, Value
from django.db.models.functions import Concat, Substr

from anmin.base.errors import BadValue
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas import county_file
from anmin.ground.areas.models import Area, AreaCode, AreaSpell
from anmin.ground.areas.permissions import may_change_areas
from anmin.ground.areas.vocabulary import Level, VillageKind

_BASIS = "《行政区划管理条例》（国务院令第704号）"


@action("area.opened", permission=may_change_areas)
def open_area(
    *,
    code: str,
    name: str,
    level: Level,
    parent: Area | None = None,
    kind: VillageKind = VillageKind.NONE,
    valid_from: date,
    note: str = "",
    actor: Actor,
    on: date,
) -> Area:
    """The area exists from `valid_from`, inside `parent`.

    Basis: 《行政区划管理条例》（国务院令第704号）. Refuses a code that was ever used, a level that does not follow the
    parent's, a name another area of the same parent bears, a parent that does not exist on that day.
    """
    area = _open(code=code, name=name, level=level, parent=parent, kind=kind, valid_from=valid_from, note=note)
    remark(f"登记{Level(level).label}“{area.name}”，自 {valid_from} 起", basis=_BASIS, code=code)
    return area


@action("area.renamed", permission=may_change_areas)
def rename_area(*, area: Area, name: str, valid_from: date, basis: str = "", actor: Actor, on: date) -> Area:
    """The area bears the new name from `valid_from`; the old name stays in its history and still finds it.

    Basis: 《行政区划管理条例》（国务院令第704号）. Refuses an empty name, the name it has, one that another area of the same
    parent bears, a day before the present name began, an area that no longer exists.
    """
    name = name.strip()
    if name == area.name:
        raise BadValue(f"“{area.name}”现在就叫这个名字，无须更名。")
    _refuse_closed(area, valid_from)
    _refuse_name(name, area.parent, besides=area)
    before = area.name
    _next_spell(area, name=name, parent=area.parent, valid_from=valid_from, basis=basis)
    area.name = name
    area.save(update_fields=["name"])
    remark(f"“{before}”自 {valid_from} 起更名为“{name}”", basis=basis or _BASIS, before=before, after=name)
    return area


@action("area.merged", permission=may_change_areas)
def merge_area(*, area: Area, into: Area, valid_from: date, basis: str = "", actor: Actor, on: date) -> Area:
    """The area ended on the day before `valid_from` and points to the one it went into; its villages lie there now.

    Its records keep their area, and whoever works in the other area sees them. Basis: 《行政区划管理条例》（国务院令第704号）.
    Refuses areas of different levels, a merger with itself, of a county, of or into an area that no longer exists.
    """
    if area.pk == into.pk:
        raise BadValue(f"“{area.name}”不能并入自身。")
    if area.level != into.level or area.level == Level.COUNTY:
        raise BadValue(
            f"“{area.name}”（{Level(area.level).label}）与“{into.name}”（{Level(into.level).label}）级别不同或为县级，不能合并。"
        )
    _refuse_closed(area, valid_from)
    _refuse_closed(into, valid_from)
    _refuse_before_present(area, valid_from)
    last = valid_from - timedelta(days=1)
    for child in Area.objects.filter(parent=area, valid_until__isnull=True):
        _refuse_name(child.name, into, besides=child)
        _next_spell(child, name=child.name, parent=into, valid_from=valid_from, basis=basis)
        _move(child, into)
        child.parent = into
        child.save(update_fields=["parent"])
    _move(area, into)
    AreaSpell.objects.filter(area=area, valid_until__isnull=True).update(valid_until=last)
    AreaCode.objects.filter(area=area, valid_until__isnull=True, valid_from__lte=last).update(valid_until=last)
    area.valid_until, area.merged_into = last, into
    area.save(update_fields=["valid_until", "merged_into"])
    remark(f"“{area.name}”自 {valid_from} 起并入“{into.name}”", basis=basis or _BASIS, into=into.code)
    return area


@action("area.code_recorded", permission=may_change_areas)
def record_code(
    *,
    area: Area,
    source: str,
    code: str,
    valid_from: date,
    valid_until: date | None = None,
    note: str = "",
    actor: Actor,
    on: date,
) -> AreaCode:
    """The area bears an official code of the list `source` during the period.

    Basis: GB/T 2260, GB/T 10114. Refuses a code that is not 6, 9 or 12 digits, and one that the same list gives to another
    area at the time.
    """
    recorded = _record_code(area, source, code, valid_from, valid_until, note)
    remark(f"“{area.name}”在“{source}”中的代码为 {code}", basis="GB/T 2260、GB/T 10114")
    return recorded


@action("area.loaded", permission=may_change_areas)
def load_areas(*, path: Path, actor: Actor, on: date) -> Area:
    """The areas are those of the county's file, with the codes and outlines that lie beside it; returns the county.

    What is the same is left alone, what is new is opened, another name is a renaming from the day after `former_until`,
    else from `on`; the audit line says how many of each. An area missing from the file stays: areas end by `merge_area`.
    Basis: 《行政区划管理条例》（国务院令第704号）. Refuses the whole file when a row is wrong, naming row and column.
    """
    county = county_file.read_county(path)
    opened: list[str] = []
    renamed: list[str] = []
    coded = outlined = 0
    known = {area.code: area for area in Area.objects.select_related("parent")}
    first_time = not known
    for row in county.areas:
        area = known.get(row.code)
        if area is None:
            area = _open(
                code=row.code,
                name=row.name,
                level=row.level,
                parent=known.get(row.parent),
                kind=row.kind,
                valid_from=row.valid_from,
                note=row.note,
                former_name=row.former_name,
                former_until=row.former_until,
                # Into an empty county the file alone decides, and its reader has checked it: 500 questions fewer.
                ask=not first_time,
            )
            known[row.code] = area
            opened.append(row.name)
        elif area.name != row.name:
            said_when = row.former_until if row.former_name == area.name else None
            begins = said_when + timedelta(days=1) if said_when else on
            _next_spell(area, name=row.name, parent=area.parent, valid_from=begins, basis=row.note)
            renamed.append(f"{area.name}→{row.name}")
            area.name = row.name
            area.save(update_fields=["name"])
    held = set(AreaCode.objects.values_list("source", "code", "area_id"))
    for code in county.codes:
        area = known[code.area]
        if (code.source, code.code, area.pk) not in held:
            _record_code(area, code.source, code.code, code.valid_from, code.valid_until, code.note)
            coded += 1
    for outline_of, outline in county.outlines.items():
        area = known[outline_of]
        if area.outline != outline:
            area.outline = outline
            area.save(update_fields=["outline"])
            outlined += 1
    changed = bool(opened or renamed or coded or outlined)
    remark(
        f"装载区划：新增 {len(opened)} 个，更名 {len(renamed)} 个，登记代码 {coded} 个，示意图 {outlined} 个"
        if changed
        else "装载区划：没有变化",
        basis=_BASIS,
        opened=len(opened),
        renamed=renamed,
        codes=coded,
        outlines=outlined,
        file=path.name,
    )
    return known[county.areas[0].code]


def _open(
    *,
    code: str,
    name: str,
    level: Level,
    parent: Area | None,
    kind: VillageKind,
    valid_from: date,
    note: str,
    former_name: str = "",
    former_until: date | None = None,
    ask: bool = True,
) -> Area:
    name = name.strip()
    if not code or "/" in code:
        raise BadValue("区划代码没有填写，或含有“/”。")
    if parent is None and level != Level.COUNTY:
        raise BadValue(f"“{name}”没有填写上级区划。")
    if parent is not None and level != parent.level + 1:
        raise BadValue(f"“{name}”（{Level(level).label}）不能直接设在“{parent.name}”（{Level(parent.level).label}）之下。")
    if ask:
        if Area.objects.filter(code=code).exists():
            raise BadValue(f"区划代码“{code}”已经用过；代码不重复使用，请换一个。")
        _refuse_name(name, parent)
        if parent is not None:
            _refuse_closed(parent, valid_from)
    area = Area.objects.create(
        code=code,
        name=name,
        level=level,
        kind=kind,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        valid_from=valid_from,
        note=note,
    )
    begins = valid_from
    if former_name and former_until is not None:
        begins = former_until + timedelta(days=1)
        AreaSpell.objects.create(area=area, name=former_name, parent=parent, valid_from=valid_from, valid_until=former_until)
    AreaSpell.objects.create(area=area, name=name, parent=parent, valid_from=begins)
    return area


def _next_spell(area: Area, *, name: str, parent: Area | None, valid_from: date, basis: str) -> None:
    """Closes the present name and parent on the day before, and opens the next."""
    present = _refuse_before_present(area, valid_from)
    last = valid_from - timedelta(days=1)
    if present is None:
        AreaSpell.objects.create(area=area, name=area.name, parent=area.parent, valid_from=area.valid_from, valid_until=last)
    else:
        present.valid_until = last
        present.save(update_fields=["valid_until"])
    AreaSpell.objects.create(area=area, name=name, parent=parent, valid_from=valid_from, basis=basis)


def _refuse_before_present(area: Area, valid_from: date) -> AreaSpell | None:
    """The running spell, which must have held for a day at least before the next begins."""
    present = AreaSpell.objects.filter(area=area, valid_until__isnull=True).first()
    begun = present.valid_from if present else area.valid_from
    if valid_from <= begun:
        raise BadValue(f"“{area.name}”的现状自 {begun} 起，变更日期应晚于该日。")
    return present


def _move(area: Area, into: Area) -> None:
    """The area and everything below it lie under the other: the prefix of their paths is replaced."""
    old, new = area.path, f"{into.path}{area.code}/"
    Area.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    area.path = new


def _record_code(area: Area, source: str, code: str, valid_from: date, valid_until: date | None, note: str) -> AreaCode:
    if not (code.isascii() and code.isdigit() and len(code) in (6, 9, 12)):
        raise BadValue(f"“{area.name}”的代码“{code}”应为 6 位、9 位或 12 位数字。")
    other = AreaCode.objects.filter(source=source, code=code).exclude(area=area).select_related("area")
    for held in other:
        ends = held.valid_until or date.max
        if held.valid_from <= (valid_until or date.max) and valid_from <= ends:
            raise BadValue(f"代码 {code} 在“{source}”中同一时期属于“{held.area.name}”，不能再给“{area.name}”。")
    return AreaCode.objects.create(area=area, source=source, code=code, valid_from=valid_from, valid_until=valid_until, note=note)


def _refuse_closed(area: Area, on: date) -> None:
    if area.valid_until is not None and area.valid_until < on:
        raise BadValue(f"“{area.name}”已于 {area.valid_until} 撤并，不能再变更。")
    if area.valid_from > on:
        raise BadValue(f"“{area.name}”自 {area.valid_from} 起设立，日期 {on} 在此之前。")


def _refuse_name(name: str, parent: Area | None, besides: Area | None = None) -> None:
    if not name:
        raise BadValue("区划名称没有填写。")
    same = Area.objects.filter(name=name, parent=parent, valid_until__isnull=True)
    if besides is not None:
        same = same.exclude(pk=besides.pk)
    if same.exists():
        raise BadValue(f"“{parent.name if parent else '本县'}”已有“{name}”，请核对名称。")
