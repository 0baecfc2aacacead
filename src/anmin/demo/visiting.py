"""Home checks in the diary, and how they are played: planned and drawn by the section, visited by the towns, sheet by sheet."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from anmin.base.errors import BadValue
from anmin.demo.calendar import on_or_after, on_or_before
from anmin.demo.plan import Plan
from anmin.demo.story import FIX_VISITS, PLAN_VISITS, REVIEWS, VISITS, Entry
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas import queries as areas
from anmin.ground.cases import queries as cases
from anmin.ground.entitlements import queries as entitlements
from anmin.ground.imports import actions as imports
from anmin.lines.assistance.homechecks import actions as checks
from anmin.lines.assistance.homechecks import queries as checked
from anmin.lines.assistance.homechecks.imports import VISITS as SHEET

if TYPE_CHECKING:
    from anmin.demo.player import Player

_DAY = timedelta(days=1)
_AS_DECLARED = (
    "老人身体尚可，生活情况与申报一致。",
    "家中陈设一般，收入来源未变。",
    "独居，子女定期探望，情况属实。",
    "仍在治疗，无新增收入。",
)
_CHANGES = (
    ("收入", "家庭成员新近就业，有稳定工资收入。"),
    ("家庭人口", "子女婚后迁出，家庭人口减少。"),
    ("健康和自理能力", "近期卧床，需要人照料。"),
    ("居住情况", "老房翻建，建筑面积增加。"),
    ("财产", "家中新购面包车一辆，用于经营。"),
)
_NOT_AT_FIRST, _MOVED = 0.05, 0.004


def home_checks(plan: Plan) -> Iterator[Entry]:
    """The entries of the round, as far as the scenario has one; each town sends its sheet on a day of its own."""
    asked, staff = plan.scenario.others.home_checks, plan.staff
    if asked is None:
        return
    told = {name: str(value) if isinstance(value, date) else value for name, value in asdict(asked).items()}
    yield Entry(asked.planned_on, PLAN_VISITS, asked.title, by=staff.at_bureau("shenhe"), answers=told)
    fixed_on = on_or_after(asked.planned_on + 2 * _DAY)
    yield Entry(fixed_on, FIX_VISITS, asked.title, by=staff.at_bureau("queren"), answers=told)
    length = (asked.due_on - asked.starts_on).days
    for place, town in enumerate(staff.towns):
        day = on_or_before(asked.starts_on + (6 + (length - 8) * place // len(staff.towns)) * _DAY)
        clerk, second = staff.clerks(town)
        answers = {"town": town, "second": second, "seed": plan.scenario.seed, **told}
        yield Entry(day, VISITS, asked.title, by=clerk, answers=answers)
    yield Entry(on_or_after(asked.due_on), REVIEWS, asked.title, by=staff.at_bureau("shenhe", 1), answers=told)


class Visitors:
    """Plays the round."""

    def __init__(self, player: "Player") -> None:
        self.player = player
        self.done: dict[int, str] = {}
        """By household drawn, how its check ends; who is not in it is not met."""

    def plan(self, entry: Entry) -> None:
        """The section plans, and draws from the seed that was made public the day after."""
        told, actor = entry.answers or {}, self.player.actor(entry)
        made = checks.plan_checks(
            title=told["title"],
            area=areas.areas(SYSTEM)[0],
            benefits=("assistance.dibao", "assistance.tekun"),
            rostered_on=entry.on,
            villages=told["villages"],
            households=told["of_each"],
            starts_on=date.fromisoformat(told["starts_on"]),
            due_on=date.fromisoformat(told["due_on"]),
            document="2024年入户核查工作方案（演示）",
            actor=actor,
            on=entry.on,
        )
        checks.draw_households(plan=made, seed=told["seed"], seed_source=told["seed_source"], actor=actor, on=entry.on)

    def fix(self, entry: Entry) -> None:
        """Another person fixes the draw; the story then knows whom the visitors meet, and where something has changed."""
        told = entry.answers or {}
        checks.fix_draw(plan=self._round(entry), actor=self.player.actor(entry), on=entry.on)
        drawn = [check.pk for check in checked.checks(SYSTEM, self._round(entry))]
        missed = len(drawn) - told["households"]
        if missed < 0:
            raise BadValue(f"抽中 {len(drawn)} 户，不够核查 {told['households']} 户，请增加每村抽取户数。")
        left = set(_spread(len(drawn), missed))
        met = [key for place, key in enumerate(drawn) if place not in left]
        self.done = dict.fromkeys(met, "与申报一致")
        self.done |= {met[place]: "情况有变化" for place in _spread(len(met), told["changed"])}

    def visit(self, entry: Entry) -> None:
        """The clerk fills in the sheet of the town, sends it and brings it in, as with any file."""
        actor, told = self.player.actor(entry), entry.answers or {}
        second = self.player.actor_named(told["second"], entry.on).name
        lines = []
        for check in checked.checks(actor, self._round(entry)):
            rng = Random(f"{told['seed']}/visits/{check.household.number}")  # noqa: S311  invented visits, no secrets
            days = (entry.on - date.fromisoformat(told["starts_on"])).days
            first = date.fromisoformat(told["starts_on"]) + rng.randint(0, days // 2) * _DAY
            head = (told["title"], check.household.number)
            result = self.done.get(check.pk)
            if result is None and rng.random() < 0.5:
                continue
            if result is None or rng.random() < _NOT_AT_FIRST:
                lines.append((*head, str(first), actor.name, second, "家中无人", "", "敲门无人应答，邻居称外出。"))
                if result is None:
                    continue
                first = min(first + rng.randint(2, 5) * _DAY, entry.on)
            if result == "与申报一致" and rng.random() < _MOVED:
                result = "已搬离"
            changed, words = rng.choice(_CHANGES) if result == "情况有变化" else ("", rng.choice(_AS_DECLARED))
            with_whom = second if rng.random() < 0.3 else f"{check.area.name}网格员"
            lines.append(
                (*head, str(first), actor.name, with_whom, result, changed, "已随子女搬往外地。" if result == "已搬离" else words)
            )
        if not lines:
            return
        name = f"{entry.on}_{SHEET.label}_{told['town']}.csv"
        path = self.player.files / name
        path.write_bytes(_saved(lines))
        batch = imports.import_file(form=SHEET.name, path=path, name=name, actor=actor, on=entry.on)
        if batch.is_refused:
            raise BadValue("；".join(batch.problems[:5]))

    def review(self, entry: Entry) -> None:
        """Some of what changed is looked at in a review, where none is under way already."""
        wanted = (entry.answers or {})["reviewed"]
        changed = list(checked.checks(SYSTEM, self._round(entry)).filter(result="changed"))
        homes = [check.household_id for check in changed]
        busy = {row.household_id for row in cases.open_of_households(SYSTEM, homes, entry.on)}
        held = set(entitlements.benefits_of_households(SYSTEM, entry.on, homes).values_list("household_id", flat=True))
        free = [check for check in changed if check.household_id in held - busy]
        for check in free[:wanted]:
            checks.open_review(check=check, actor=self.player.actor(entry), on=entry.on)

    def _round(self, entry: Entry) -> Any:
        return checked.plans(SYSTEM).get(title=entry.about)


def _spread(among: int, count: int) -> list[int]:
    """So many places, evenly among all."""
    return [(2 * each + 1) * among // (2 * count) for each in range(count)]


def _saved(lines: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.header for column in SHEET.columns])
    writer.writerows(lines)
    return text.getvalue().encode("gbk", errors="replace")
