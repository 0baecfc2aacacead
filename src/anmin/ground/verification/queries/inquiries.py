"""Inquiries: what was asked, when, on what ground, and how far it is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from anmin.ground.accounts.gate import Actor
from anmin.ground.verification.answers import sources_of, standings
from anmin.ground.verification.models import Finding, Inquiry, InquirySource, RegistryQuestion, RegistryWatch
from anmin.ground.verification.queries.findings import findings
from anmin.ground.verification.queries.scope import within
from anmin.ground.verification.questions import outstanding
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import CLOSED, NOTICE, WATCH_OVER, WATCH_TELLS, WATCHED, Answered, Occasion, Tier


def inquiries(actor: Actor, occasion: str = "", *, done: bool | None = None) -> QuerySet[Inquiry]:
    """The inquiries the actor may see, the newest first; by occasion, those done or those not."""
    rows = Inquiry.objects.filter(within(actor)).select_related("area", "asked_by").order_by("-id")
    if occasion:
        rows = rows.filter(occasion=occasion)
    return rows if done is None else rows.filter(done_on__isnull=not done)


def inquiry(actor: Actor, number: str) -> Inquiry | None:
    """The inquiry with this number; None for who may not see it."""
    return inquiries(actor).filter(number=number).first()


@dataclass(frozen=True)
class Progress:
    """How far an inquiry is: each of its sources with its answer, None where it has not been asked; people, hits, findings."""

    inquiry: Inquiry
    lines: list[tuple[str, InquirySource | None]]
    persons: int
    withheld: int
    findings: dict[str, int]
    """By state."""
    queue: int
    namesakes: int
    """Hits that turned out to be somebody else's; the figure of a full check (推送核对信息) leaves them out."""
    left: list[str]
    """Ids of the sources that have not been asked."""
    awaited: dict[str, list[RegistryQuestion]]
    """By label of a source that answers later, the messages whose answer is awaited."""

    @property
    def asked(self) -> int:
        return sum(line is not None for _, line in self.lines)

    @property
    def sources(self) -> int:
        return len(self.lines)

    @property
    def hits(self) -> int:
        return sum(line.hits for _, line in self.lines if line is not None)

    @property
    def unanswered(self) -> list[tuple[str, str]]:
        """The sources that could not be searched, or not for everybody, with the reason; never to be read as "nothing found"."""
        asked = [(label, line) for label, line in self.lines if line is not None]
        silent = [(label, _silence(line)) for label, line in asked if line.answered != Answered.SEARCHED]
        return silent + [(label, f"{line.unanswered}人未得到答复") for label, line in asked if line.unanswered]


def _silence(line: InquirySource) -> str:
    """Why a source was not searched; of which days partial deliveries were all the same."""
    said = str(Answered(line.answered).label)
    return f"{said}，只查了截至{'、'.join(day for day, _ in line.parts)}的部分数据" if line.parts else said


def progress(actor: Actor, inquiry: Inquiry) -> Progress:
    """How far the inquiry is, as far as the actor may see its findings; six queries."""
    answered = {each.source: each for each in inquiry.sources.select_related("extract")}
    people = inquiry.persons.aggregate(
        all=Count("person", distinct=True), withheld=Count("person", distinct=True, filter=~Q(withheld=[]))
    )
    # A notice is of one register; the others were never to be asked.
    wanted = tuple(answered) if inquiry.subject_kind == NOTICE else sources_of(Occasion(inquiry.occasion))
    awaited: dict[str, list[RegistryQuestion]] = {}
    for question in outstanding().filter(inquiry=inquiry):
        awaited.setdefault(SOURCES[question.source].label, []).append(question)
    states = findings(actor, inquiry=inquiry).order_by().values_list("state").annotate(count=Count("id"))
    return Progress(
        inquiry=inquiry,
        lines=[(SOURCES[each].label, answered.get(each)) for each in wanted],
        persons=people["all"],
        withheld=people["withheld"],
        findings=dict(states),
        queue=inquiry.hits.filter(within(actor, "person__area"), tier=Tier.QUEUE).count(),
        namesakes=inquiry.hits.filter(tier=Tier.NOT_THE_PERSON).count(),
        left=[each for each in wanted if each not in answered],
        awaited=awaited,
    )


@dataclass(frozen=True)
class Watched:
    """A source that is watched all the time: when it was last looked at, and how many of its findings wait."""

    source: str
    label: str
    last: InquirySource | None
    waiting: int
    subscribed: int
    """About how many people its register has agreed to tell us."""
    unconfirmed: int
    """About how many people it has been, or will be asked, and has not agreed yet."""


def standing_watch(actor: Actor) -> list[Watched]:
    """The watched sources with the last look at a whole roll that reaches what the actor sees, and the findings that nobody has
    decided; a fixed number of queries.
    """
    whole = InquirySource.objects.filter(
        _reaching(actor, "inquiry__area"),
        inquiry__occasion__in=(Occasion.WATCH, Occasion.FULL),
        inquiry__subject_kind="",
        source__in=WATCHED,
        answered=Answered.SEARCHED,
    )
    looked = {each.source: each for each in whole.select_related("inquiry", "extract").order_by("id")}
    waiting = dict(
        Finding.objects.filter(within(actor), hit__source__in=WATCHED)
        .exclude(state__in=CLOSED)
        .order_by()
        .values_list("hit__source")
        .annotate(count=Count("id"))
    )
    agreed, asked = Count("id", filter=Q(state__in=WATCH_TELLS)), Count("id", filter=~Q(state__in=WATCH_TELLS))
    told = {
        source: counts
        for source, *counts in _running(actor).order_by().values_list("source").annotate(agreed=agreed, asked=asked)
    }
    return [
        Watched(each, SOURCES[each].label, looked.get(each), waiting.get(each, 0), *told.get(each, (0, 0))) for each in WATCHED
    ]


def _reaching(actor: Actor, field: str) -> Q:
    """The rows whose area lies in what the actor may see, or contains it: for what names nobody."""
    if actor.sees_the_county:
        return within(actor, field)
    above = {path[: place + 1] for path in actor.scope for place, mark in enumerate(path) if mark == "/"}
    return within(actor, field) | Q(**{f"{field}__path__in": sorted(above)})


def news_for_the_watch(actor: Actor, on: date) -> list[str]:
    """The labels of watched sources with a usable delivery that no watch has searched yet; two queries."""
    looked = InquirySource.objects.filter(within(actor, "inquiry__area"), inquiry__occasion=Occasion.WATCH)
    searched: set[int] = set()
    for extract, parts in looked.filter(Q(extract__isnull=False) | ~Q(parts=[])).values_list("extract_id", "parts"):
        searched |= {int(extract or 0), *(part for _, part in parts)}
    today = standings(on)

    def news(source: str) -> bool:
        standing = today[source]
        whole = [standing.extract] if standing.extract is not None and standing.answered is Answered.SEARCHED else []
        return any(each.pk not in searched for each in (*whole, *standing.parts))

    return [SOURCES[each].label for each in WATCHED if news(each)]


def watched_at(actor: Actor, source: str) -> int:
    """About how many people within the actor's sight a register was asked to tell us of events."""
    return _running(actor).filter(source=source).count()


def _running(actor: Actor) -> QuerySet[RegistryWatch]:
    return RegistryWatch.objects.filter(within(actor, "person__area")).exclude(state__in=WATCH_OVER)
