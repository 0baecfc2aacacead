"""Verification in the diary, and how the section plays it: deliveries received, cases answered together, the whole roll checked.

Until the first deliveries come the section asks offices by hand; from then on a case takes over the platform's report.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from anmin.base.errors import BadValue
from anmin.demo.departments.files import LATE, OFFICES, Delivery
from anmin.demo.plan import Plan
from anmin.demo.story import FULL_CHECK, LATE_ANSWER, LOOK_INTO, RECEIVE, WATCH, Entry
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.areas import queries as areas
from anmin.ground.verification import actions as verification
from anmin.ground.verification import campaigns
from anmin.ground.verification import queries as verified
from anmin.ground.verification.vocabulary import FindingKind, FindingState, Occasion

if TYPE_CHECKING:
    from anmin.demo.player import Player
    from anmin.ground.cases.models import Case

GROUND = "2024年上半年低保、特困供养对象及其赡（抚、扶）养义务人全量信息核对（演示）"
_SAFE = frozenset(
    {FindingKind.UNDECLARED_VEHICLE, FindingKind.COMPANY, FindingKind.WAGE, FindingKind.DEPOSIT, FindingKind.PENSION}
)
"""What may be found to be so without an event in somebody's life that the diary does not tell."""


def verification_entries(plan: Plan, deliveries: Sequence[Delivery]) -> Iterator[Entry]:
    """The entries of the scenario's verification, as far as it has one."""
    wanted, staff = plan.scenario.others.verification, plan.staff
    if wanted is None:
        return
    one, other = staff.at_bureau("shenhe", 0), staff.at_bureau("shenhe", 1)
    for each in deliveries:
        told = {"department": each.department, "as_of": str(each.as_of), "items": wanted.items, "every": wanted.every}
        if each.source != LATE:
            yield Entry(each.arrives, RECEIVE, f"{each.source}|{each.path.name}", by=one, answers=told)
    yield Entry(wanted.asked_on, FULL_CHECK, GROUND, by=one)
    for each in deliveries:
        if each.source == LATE:
            told = {"department": each.department, "as_of": str(each.as_of), "items": wanted.items, "every": wanted.every}
            yield Entry(each.arrives, LATE_ANSWER, f"{each.source}|{each.path.name}", by=one, answers=told)
    yield Entry(wanted.decided_on, LOOK_INTO, GROUND, by=one, answers={"second": other})
    yield Entry(plan.scenario.business_day, WATCH, GROUND, by=one)


class Verifiers:
    """Plays the section and, in its findings, two people of it."""

    def __init__(self, player: "Player") -> None:
        self.player = player
        self.every: int | None = None
        """Every how many days the section asks the sources; None while nobody has delivered."""
        self.last: date | None = None

    def receive(self, entry: Entry) -> None:
        """A department's file comes in by the platform's own door; its headers are read as they are."""
        source, _, name = entry.about.partition("|")
        self._receive(source, name, (self.player.files / name).read_bytes(), entry)
        self.every = (entry.answers or {})["every"]

    def report(self, case: "Case", entry: Entry) -> bool:
        """Whether the report of the platform is there for a case whose request waits; not before anybody has delivered.

        All requests that wait are answered together, so this asks the sources once for many cases, and not every day.
        """
        if self.every is None:
            return False
        actor = self.player.actor(entry)
        asked: Any = verified.requests(SYSTEM).filter(subject_id=case.pk, answered_on=None).first()
        if asked is None:
            return False
        if asked.inquiry is None:
            if self.last is not None and (entry.on - self.last).days < self.every:
                return False
            self.last = entry.on
            waiting = list(verified.requests(SYSTEM, pending=True))
            verification.run_requests(requests=waiting, area=self._county(), actor=actor, on=entry.on)
            asked.refresh_from_db()
        for hit in verified.hits_in_queue(SYSTEM).filter(inquiry=asked.inquiry):
            verification.identify_hit(hit=hit, is_person=False, reason="姓名、住址与本人不符", actor=actor, on=entry.on)
        verification.issue_report(inquiry=asked.inquiry, household=asked.household, actor=actor, on=entry.on)
        return True

    def check_all(self, entry: Entry) -> None:
        """Everybody on dibao and tekun and their supporters; one office has not delivered yet."""
        actor = self.player.actor(entry)
        made = verification.open_campaign(
            occasion=Occasion.FULL, ground=entry.about, area=self._county(), actor=actor, on=entry.on
        )
        campaigns.run_campaign(inquiry=made, actor=actor, on=entry.on)

    def answer_late(self, entry: Entry) -> None:
        """Doubtful matches are looked at; the last office sends as many lines as the printed number of items still lacks."""
        source, _, name = entry.about.partition("|")
        made = self._full(entry)
        others = self._identified(made, entry)
        lacking = (entry.answers or {})["items"] - verified.progress(SYSTEM, made).hits + others
        path = self.player.files / name
        head, *lines = list(csv.reader(io.StringIO(path.read_bytes().decode(OFFICES[source].saved_as), newline="")))
        if not 0 <= lacking <= len(lines):
            raise BadValue(f"全量核对还差 {lacking} 条，{OFFICES[source].title}只有 {len(lines)} 条，请调整场景。")
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\r\n").writerows([head, *lines[:lacking]])
        content = text.getvalue().encode(OFFICES[source].saved_as)
        path.write_bytes(content)
        self._receive(source, name, content, entry)
        verification.ask_late_sources(inquiry=made, actor=self.player.actor(entry), on=entry.on)

    def look_into(self, entry: Entry) -> None:
        """Findings are proposed by one and decided by the other; some families are asked first, some explain."""
        one, other = self.player.actor(entry), self.player.actor_named((entry.answers or {})["second"], entry.on)
        made = self._full(entry)
        for place, finding in enumerate(list(verified.findings(SYSTEM, inquiry=made, state=FindingState.OPEN))):
            said = _WAYS[place % len(_WAYS)] if finding.kind in _SAFE else _WAYS[-1 - place % 2]
            if said == "ask":
                verification.ask_family(finding=finding, reason="请说明来源和使用情况", actor=one, on=entry.on)
                continue
            if said == "leave" or finding.kind == FindingKind.CONTRADICTION:
                continue
            if said == "reject":
                verification.record_objection(finding=finding, reason="家庭说明系代他人登记，有书面证明", actor=one, on=entry.on)
            accepted = said != "reject"
            proposal = FindingState.ACCEPTED if accepted else FindingState.REJECTED
            reason = "与部门记录一致，入户核实属实" if accepted else "经核实不属于本家庭"
            verification.propose_finding(finding=finding, proposal=proposal, reason=reason, actor=one, on=entry.on)
            if said != "propose":
                verification.decide_finding(finding=finding, accept=accepted, reason=reason, actor=other, on=entry.on)

    def _identified(self, made: Any, entry: Entry) -> int:
        """Most doubtful matches are looked at; how many were somebody else's."""
        others = 0
        for place, hit in enumerate(list(verified.hits_in_queue(SYSTEM).filter(inquiry=made))):
            if place % 4 == 3:
                continue
            mine = hit.levels["number"][1] > 0
            reason = "证件号码笔误，姓名和住址一致" if mine else "同名不同人，住址不符"
            verification.identify_hit(hit=hit, is_person=mine, reason=reason, actor=self.player.actor(entry), on=entry.on)
            others += not mine
        return others

    def watch(self, entry: Entry) -> None:
        """Deaths, prison terms and institutions are looked at again; what they say opens reviews."""
        campaigns.watch(area=self._county(), actor=self.player.actor(entry), on=entry.on)

    def _receive(self, source: str, name: str, content: bytes, entry: Entry) -> None:
        told = entry.answers or {}
        verification.receive_extract(
            source=source,
            department=told["department"],
            file_name=name,
            content=content,
            as_of=date.fromisoformat(told["as_of"]),
            actor=self.player.actor(entry),
            on=entry.on,
        )

    def _full(self, entry: Entry) -> Any:
        return verified.inquiries(SYSTEM, Occasion.FULL).filter(asked_on__lte=entry.on).first()

    @staticmethod
    def _county() -> Any:
        return areas.areas(SYSTEM)[0]


_WAYS = ("accept", "ask", "reject", "accept", "propose", "leave")
