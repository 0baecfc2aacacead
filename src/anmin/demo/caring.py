"""Visits before the festival and to dialysis patients, aid in emergencies, a case put to the vote, the supplementary insurance.

As entries of the diary, and how they are played.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Any

from anmin.base.money import FEN_PER_YUAN
from anmin.base.periods import Month
from anmin.demo.calendar import first_workday, last_workday, on_or_after
from anmin.demo.county import Family
from anmin.demo.courses import Course, Event
from anmin.demo.holders.targets import Visit
from anmin.demo.plan import Plan
from anmin.demo.story import APPROVE, CHECK, GENERATE, GIFTS, INSURE, INSURED, RETRY, RETURN, SEND, TASKS, VISIT, Entry
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.payments import queries as paid
from anmin.ground.people import queries as people
from anmin.ground.schedules.clockwork import lay_all
from anmin.lines.assistance.campaigns import actions as campaigns
from anmin.lines.assistance.campaigns import queries as given
from anmin.lines.assistance.campaigns.actions import Listed
from anmin.lines.assistance.supplementary import actions as insurance
from anmin.lines.assistance.supplementary import queries as insured

if TYPE_CHECKING:
    from anmin.demo.player import Player

_DAY = timedelta(days=1)
EMERGENCY = "assistance.temporary.emergency.application"
EXPENDITURE = "assistance.temporary.expenditure.application"
DELIBERATION = "assistance.deliberation.application"
TEMPORARY = "assistance.temporary"
VILLAGE_VISIT, DIALYSIS_VISIT = "assistance.village_visit", "assistance.dialysis_visit"

_EVENTS = (
    ("fire", "灶间失火，房屋和粮食烧毁。"),
    ("accident", "骑电动三轮车途中摔伤，住院治疗。"),
    ("sudden_illness", "突发脑梗，住院抢救，自付费用较大。"),
    ("other_emergency", "大风掀翻屋顶，一时无处居住。"),
)
_PAPERS = ["identity", "application", "event_proof", "receipt", "survey"]
_SMALL = 1_600
_LATE, _COUNTY, _REFUSED = 9, 7, 11
"""Of so many emergencies one is left without its papers, one is taken on to the county, one is refused."""


def visits(plan: Plan) -> Iterator[Entry]:
    """The visits of the scenario: proposed with their list, approved the day after, paid and handed over within days."""
    others, staff = plan.scenario.others, plan.staff
    for kind, visit in ((VILLAGE_VISIT, others.village_visit), (DIALYSIS_VISIT, others.dialysis_visit)):
        if visit is None:
            continue
        day, month = visit.given_on, Month.from_date(visit.given_on)
        yield Entry(day, VISIT, kind, by=staff.at_bureau("shenhe"), answers=_told(visit))
        if visit.gifts:
            yield Entry(on_or_after(day + 2 * _DAY), GIFTS, kind, by=staff.at_bureau("shenhe", 1))
        yield from paid_out(plan, f"{kind}|{month}", day)


def _told(visit: Visit) -> dict[str, Any]:
    return {
        "occasion": visit.occasion, "cutoff_on": str(visit.cutoff_on), "document": visit.document,
        "persons": visit.persons, "cash": visit.cash,
    }  # fmt: skip


def paid_out(plan: Plan, roll: str, day: date) -> Iterator[Entry]:
    """The roll passes through its hands in three days; what the bank sends back goes out again."""
    staff = plan.staff
    yield Entry(day, GENERATE, roll, by=staff.at_bureau("fafang", 0))
    yield Entry(day, CHECK, roll, by=staff.at_bureau("fafang", 1))
    yield Entry(on_or_after(day + _DAY), APPROVE, roll, by=staff.at_bureau("queren", 0))
    yield Entry(on_or_after(day + 2 * _DAY), SEND, roll, by=staff.at_bureau("fafang", 2))
    yield Entry(on_or_after(day + 4 * _DAY), RETURN, roll, by=staff.at_bureau("fafang", 2))
    yield Entry(on_or_after(day + 10 * _DAY), RETRY, roll, by=staff.at_bureau("fafang", 2))


def so_far(plan: Plan, entries: Iterator[Entry]) -> Iterator[Entry]:
    """A roll that is not through its hands by the business day has only been checked."""
    laid = list(entries)
    yield from laid if laid[-1].on < plan.scenario.business_day else laid[:2]


def emergencies(plan: Plan) -> Iterator[Event]:
    """Families helped at once out of the town's fund, in the last six weeks of the half-year; one is put to the vote."""
    asked = plan.scenario.others.aid
    if asked is None:
        return
    rng = Random(f"{plan.scenario.seed}/emergencies")  # noqa: S311  invented troubles, no secrets
    stay = [family for family in plan.on_register if family.covered_until is None and family.applicant.died_on is None]
    first, last = first_workday(plan.scenario.period.months[4], 9), plan.scenario.business_day - 4 * _DAY
    length, laid = (last - first).days, list[Event]()
    chosen = rng.sample(stay, asked.emergencies + asked.deliberated)
    for place, family in enumerate(chosen[: asked.emergencies]):
        start = on_or_after(first + (length * place // asked.emergencies) * _DAY)
        course = Course(rng, plan.staff, family, EMERGENCY, start, place)
        laid += _emergency(course, place, late=place % _LATE == _LATE - 1).events
    for place, family in enumerate(chosen[asked.emergencies :]):
        laid += _put_to_the_vote(Course(rng, plan.staff, family, EMERGENCY, first, place), family, rng)
    # What would come later has not happened yet on the day somebody looks around.
    yield from (each for each in laid if each.on < plan.scenario.business_day)


def _reported(course: Course, need: int, place: int) -> Course:
    cause, what = _EVENTS[place % len(_EVENTS)]
    happened = str(course.day - course.rng.randint(0, 1) * _DAY)
    village = course.family.village.name
    return course.take(
        "report", course.clerk, applicant=course.family.applicant.identity_number, cause=cause, happened_on=happened,
        place=village, description=what, need=need * FEN_PER_YUAN,
    )  # fmt: skip


def _emergency(course: Course, place: int, *, late: bool) -> Course:
    need = course.rng.choice((1_200, 1_600, 2_400, 3_600, 5_000))
    _reported(course, need, place)
    if place % _REFUSED == _REFUSED - 1:
        why = "入户了解，费用已由保险全额赔付，不影响基本生活。"
        return course.wait(0, 1).take("refuse", course.clerk, reason="not_in_need", explanation=why, departure=why)
    given = min(need, _SMALL) * FEN_PER_YUAN
    course.wait(0, 1).take("aid_first", course.second, amount=given, way="cash", paid_on=str(course.day))
    if need > _SMALL and place % _COUNTY == _COUNTY - 1:
        more = min(need - _SMALL, 3_000) * FEN_PER_YUAN
        course.wait(1, 2).take("propose", course.clerk, amount=more, reason="损失较大，小额救助不足以解困。")
        course.wait(1, 3).take("confirm", course.decision_maker, amount=more)
    if not late:
        course.wait(2, 6).take("complete_papers", course.clerk, papers=_PAPERS, findings="事后核实，情况属实，已用于急需支出。")
    return course


def _put_to_the_vote(course: Course, family: Family, rng: Random) -> Iterator[Event]:
    """An emergency beyond every ceiling: aided a little at once, deliberated, then aided as the panel agreed."""
    staff, agreed = course.staff, 20_000
    _reported(course, 60_000, 2)
    course.take("aid_first", course.second, amount=_SMALL * FEN_PER_YUAN, way="card", paid_on=str(course.day))
    meeting = Course(rng, staff, family, DELIBERATION, course.day + _DAY, course.turn)
    panel = [staff.at_bureau("shenhe", turn) for turn in (0, 1)]
    panel += [staff.at_bureau("queren", 1), staff.at_bureau("lingdao", 0), staff.at_bureau("lingdao", 1)]
    meeting.take(
        "raise", meeting.clerk, applicant=family.applicant.identity_number, about=EMERGENCY, kind="aid_over_limit",
        obstacle="amount", problem="突发重病，一个月自付医疗费六万余元，家庭已无力承担。", proposal="建议超上限给予临时救助。",
        amount=agreed * FEN_PER_YUAN,
    )  # fmt: skip
    meeting.wait(1, 2).take("convene", panel[0], panel=panel, place="局二楼会议室")
    meeting.wait(1, 2).take("record_attendance", panel[0], held_on=str(meeting.day), chair="分管副局长", attended=panel)
    for place, member in enumerate(panel):
        meeting.take("vote", member, choice="abstain" if place == len(panel) - 1 else "agree")
    until = Month.from_date(meeting.day).last_day + 92 * _DAY
    meeting.take(
        "agree", panel[0], minutes="会议认为该户困难特殊，同意超上限救助，由镇跟踪帮扶。", amount=agreed * FEN_PER_YUAN,
        valid_until=str(Month.from_date(until).last_day), review_on=str(until),
    )  # fmt: skip
    course.day = meeting.day
    course.wait(1, 1).take("propose", course.clerk, amount=(agreed - _SMALL) * FEN_PER_YUAN, reason="依一事一议决定追加。")
    course.wait(1, 2).take("confirm", course.decision_maker, amount=(agreed - _SMALL) * FEN_PER_YUAN)
    course.wait(3, 5).take("complete_papers", course.clerk, papers=_PAPERS, findings="事后核实，救助款已用于医疗支出。")
    yield from (*course.events, *meeting.events)


def around_it(plan: Plan) -> Iterator[Entry]:
    """The roll of the county's aid, the insurance of the year, and on the business day every rhythm laid."""
    scenario, staff = plan.scenario, plan.staff
    aided = {(EMERGENCY, "confirm"), (EXPENDITURE, "confirm")}
    confirmed = {Month.from_date(each.on) for each in plan.events if (each.kind, each.step) in aided}
    for month in sorted(confirmed):
        yield from so_far(plan, paid_out(plan, f"{TEMPORARY}|{month}", last_workday(month)))
    if scenario.others.insurance is not None:
        year = scenario.period.first_day.year
        told = {"year": year, "rostered_on": str(scenario.opens_on), "insurer": scenario.others.insurance.insurer}
        first = first_workday(scenario.period.months[0])
        yield Entry(first, INSURE, str(year), by=staff.at_bureau("shenhe"), answers=told)
        yield Entry(on_or_after(first + 3 * _DAY), INSURED, str(year), by=staff.at_bureau("shenhe"))
    yield Entry(scenario.business_day, TASKS, str(scenario.business_day))


class Carers:
    """Plays them."""

    def __init__(self, player: "Player") -> None:
        self.player = player

    def visit(self, entry: Entry) -> None:
        """The list of the villages, or of the hospital, becomes a roster that two others check and approve."""
        told, first = entry.answers or {}, self.player.actor(entry)
        month = Month.from_date(entry.on)
        made = campaigns.propose_campaign(
            kind=entry.about,
            occasion=told["occasion"],
            cutoff_on=date.fromisoformat(told["cutoff_on"]),
            for_month=month,
            pay_month=month,
            document=told["document"],
            actor=first,
            on=entry.on,
        )
        found = self._of_villages(entry.on) if entry.about == VILLAGE_VISIT else self._of_patients(entry.on, told["cash"])
        made = campaigns.list_people(campaign=made, people=list(islice(found, told["persons"])), actor=first, on=entry.on)
        made = campaigns.freeze_roster(campaign=made, actor=first, on=entry.on)
        checker, approver = self.player.actor_named("shenhe2", entry.on), self.player.actor_named("queren1", entry.on)
        made = campaigns.check_campaign(campaign=made, actor=checker, on=entry.on)
        campaigns.approve_campaign(campaign=made, actor=approver, on=entry.on)

    def _of_villages(self, on: date) -> Iterator[Listed]:
        """One family of each village: the first on dibao whose applicant lives."""
        seen: set[int] = set()
        for held in paid.register(SYSTEM, "assistance.dibao", on):
            if held.area_id not in seen and held.holder.died_on is None:
                seen.add(held.area_id)
                yield Listed(held.holder_id, held.household_id, held.area_id)

    def _of_patients(self, on: date, cash: int) -> Iterator[Listed]:
        """The severely ill first, then whoever is disabled; the first of them get cash besides."""
        living = people.persons(SYSTEM).filter(died_on__isnull=True, facts__superseded_at__isnull=True)
        ill = living.filter(facts__kind="illness.severe", facts__amount=1).order_by("id").distinct()
        disabled = living.filter(facts__kind="disability.grade").order_by("id").distinct()
        homes, place, seen = self._homes, 0, set[int]()
        for found in (ill, disabled):
            for person_id, home in homes(found, on):
                if person_id not in seen:
                    seen.add(person_id)
                    yield Listed(person_id, home.household_id, home.household.area_id, also_cash=place < cash)
                    place += 1

    @staticmethod
    def _homes(found: Any, on: date) -> Iterator[tuple[int, Any]]:
        homes = people.homes_of(SYSTEM, found.values("pk"), on)
        return ((pk, homes[pk]) for pk in found.values_list("pk", flat=True) if pk in homes)

    def hand_over(self, entry: Entry) -> None:
        """Every gift is handed over."""
        made = given.campaigns(SYSTEM).filter(kind=entry.about).order_by("-id")[0]
        rows = [row for row in given.rows(SYSTEM, made) if row.gifts and not row.left_out]
        campaigns.record_gifts(campaign=made, rows=rows, given_on=entry.on, actor=self.player.actor(entry), on=entry.on)

    def insure(self, entry: Entry) -> None:
        told = entry.answers or {}
        insurance.open_policy(
            year=told["year"],
            number=f"DBB{told['year']}001",
            insurer=told["insurer"],
            starts_on=date(told["year"], 1, 1),
            ends_on=date(told["year"], 12, 31),
            rostered_on=date.fromisoformat(told["rostered_on"]),
            actor=self.player.actor(entry),
            on=entry.on,
        )

    def freeze_insured(self, entry: Entry) -> None:
        (policy,) = [each for each in insured.insurances(SYSTEM) if str(each.year) == entry.about]
        insurance.freeze_insured(policy=policy, actor=self.player.actor(entry), on=entry.on)

    def lay_tasks(self, entry: Entry) -> None:
        """What is due stands on the list of tasks; nothing is begun on the day somebody looks around."""
        lay_all(actor=SYSTEM, on=entry.on, start=False)
