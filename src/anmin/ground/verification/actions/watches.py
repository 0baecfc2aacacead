"""The standing watch by notice: other registers are asked to tell of an event, and what they tell is a hint to be looked at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import Q

from anmin.base import clock
from anmin.base.dci.messages import MOST_ITEMS, SubscribedItem
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.documents.numbers import next_plain_number
from anmin.ground.imports.forms import covered
from anmin.ground.people.models import Person
from anmin.ground.verification.actions.inquiries import SERIES
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.answers import Standing
from anmin.ground.verification.asking import Search, about, keep, keep_people
from anmin.ground.verification.consents import consented
from anmin.ground.verification.declarations import Listed, rolls_of
from anmin.ground.verification.findings import find, numbers_of
from anmin.ground.verification.homes import members_on
from anmin.ground.verification.models import Inquiry, RegistryWatch
from anmin.ground.verification.permissions import may_give_notice, may_send_questions
from anmin.ground.verification.persons import persons_table
from anmin.ground.verification.registry_interface import connections
from anmin.ground.verification.registry_interface.answers import Progress
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.store import was_kept
from anmin.ground.verification.vocabulary import NOTICE, WATCH_OVER, WATCH_TELLS, Answered, Capacity, Occasion, WatchState

_AT_ONCE = 500
_MOST_CODES = 100
_UNDER_WAY = (WatchState.TO_SEND, WatchState.ASKED, WatchState.TO_END)
AGAIN = timedelta(days=1)
"""When a subscription that was not acknowledged, or not confirmed, is asked for again."""


@action("verification.watches_kept", permission=may_send_questions)
def keep_watches(*, area: Area, source: str, actor: Actor, on: date) -> Area:
    """Whoever is on a roll of the county and consented to the source is watched there; nobody else is.

    Somebody the register refused is asked for again after a month.
    Basis: 民发〔2021〕57号 第三十二条. Refuses a part of the county.
    """
    if area.parent_id is not None:
        # Whoever lives outside of it would be taken for somebody who left the rolls.
        raise BadValue(f"变动通知按全县订阅，{area.name}只是其中一部分，请改用县（市）的编码。")
    listed = {each.person_id for roll in rolls_of(Occasion.WATCH) for each in roll.people(on, area.path)}
    letters = consented(listed, on=on)
    unknown = set(Person.objects.filter(identity_cipher__isnull=True).values_list("pk", flat=True).order_by())
    wanted = {person for person in listed if source in letters.get(person, frozenset())} - unknown
    under_way = RegistryWatch.objects.filter(source=source).exclude(state__in=WATCH_OVER)
    running = {each.person_id: each for each in under_way.select_for_update().order_by("id")}
    refused = RegistryWatch.objects.filter(source=source, state=WatchState.REFUSED, put_on__gt=on - timedelta(days=30))
    new = sorted(wanted - running.keys() - set(refused.values_list("person_id", flat=True).order_by()))
    now = clock.true_instant()
    # One message for twenty.
    transactions = [str(uuid4()) for _ in range(0, len(new), MOST_ITEMS)]
    RegistryWatch.objects.bulk_create(
        (
            RegistryWatch(
                source=source,
                person_id=person,
                reference_id=str(uuid4()),
                transaction_id=transactions[place // MOST_ITEMS],
                put_on=on,
                next_try_at=now,
            )
            for place, person in enumerate(new)
        ),
        batch_size=_AT_ONCE,
    )
    over = [each for person, each in running.items() if person not in wanted and each.state != WatchState.TO_END]
    leaving = str(uuid4())
    known = 0
    for each in over:
        each.next_try_at = now
        if not each.code:
            # Nothing to name there yet; should the register still confirm it, `confirm_watches` gives it up.
            each.state = WatchState.ENDED
            continue
        if known and known % _MOST_CODES == 0:
            leaving = str(uuid4())
        known += 1
        each.state, each.transaction_id = WatchState.TO_END, leaving
    RegistryWatch.objects.bulk_update(over, ["state", "transaction_id", "next_try_at"], batch_size=_AT_ONCE)
    remark(f"{SOURCES[source].label}动态监测订阅：新增{len(new)}人，退出{len(over)}人", basis=BASIS)
    return area


@action("verification.watches_asked", permission=may_send_questions)
def record_watches(*, watches: Sequence[RegistryWatch], problem: str = "", actor: Actor, on: date) -> RegistryWatch:
    """The register has acknowledged a message about these subscriptions, or it goes again tomorrow.

    Basis: as `keep_watches`. A confirmation that came quicker than the acknowledgement stands.
    """
    sent = RegistryWatch.objects.filter(pk__in=[each.pk for each in watches], state__in=_UNDER_WAY)
    still = list(sent.select_for_update().order_by("id"))
    for each in still:
        each.next_try_at, each.problem = clock.true_instant() + AGAIN, problem[:120]
        if not problem and each.state == WatchState.TO_SEND:
            each.state = WatchState.ASKED
    RegistryWatch.objects.bulk_update(still, ["next_try_at", "problem", "state"], batch_size=_AT_ONCE)
    words = "退订" if watches[0].state == WatchState.TO_END else "订阅"
    label = SOURCES[watches[0].source].label
    remark(f"向登记接口{words}{label}变动通知{len(watches)}人" + (f"，没有送达：{problem}" if problem else ""), basis=BASIS)
    return watches[0]


@action("verification.watches_confirmed", permission=may_give_notice)
def confirm_watches(
    *, source: str, transaction_id: str, items: Sequence[SubscribedItem], caller: str, actor: Actor, on: date
) -> RegistryWatch:
    """Those whose subscription the register confirms are watched under its code; those it refuses are not, with its reason.

    Whoever we want to hear of no more since it was asked for is given up there under that code.
    Basis: as `keep_watches`. Refuses what confirms no subscription of ours that waits for it.
    """
    of_message = RegistryWatch.objects.filter(source=source, transaction_id=transaction_id)
    waiting = of_message.filter(Q(state__in=(WatchState.TO_SEND, WatchState.ASKED)) | Q(state=WatchState.ENDED, code=""))
    mine = {each.reference_id: each for each in waiting.select_for_update().order_by("id")}
    again = RegistryWatch.objects.filter(source=source, person__in=[each.person_id for each in mine.values()])
    watched = set(again.exclude(state__in=WATCH_OVER).values_list("person_id", flat=True).order_by())
    told: list[RegistryWatch] = []
    for item in items:
        found = mine.pop(item.reference_id, None)
        if found is None or item.status not in ("succ", "rjct"):
            continue
        codes = [each.code for each in item.subscriptions if each.status == "subscribe"]
        if found.state == WatchState.ENDED:
            if item.status != "succ" or not codes or found.person_id in watched:
                continue
            found.code, found.state, found.transaction_id = codes[0], WatchState.TO_END, str(uuid4())
            found.next_try_at = clock.true_instant()
        elif item.status == "succ" and codes:
            found.code, found.state, found.problem = codes[0], WatchState.RUNNING, ""
        else:
            found.state = WatchState.REFUSED
            found.problem = covered(item.status_reason_message or item.status_reason_code or "")[:120]
        told.append(found)
    if not told:
        raise Refused("没有与这一答复对应的订阅。")
    fields = ["code", "state", "problem", "transaction_id", "next_try_at"]
    RegistryWatch.objects.bulk_update(told, fields, batch_size=_AT_ONCE)
    count = Counter(each.state for each in told)
    words = f"已订阅{count[WatchState.RUNNING]}人，对方拒绝{count[WatchState.REFUSED]}人"
    words += f"，不再需要、将退订{count[WatchState.TO_END]}人" if count[WatchState.TO_END] else ""
    remark(f"{SOURCES[source].label}变动通知：{words}", basis=BASIS)
    return told[0]


@action("verification.watches_ended", permission=may_give_notice)
def end_watches(*, source: str, transaction_id: str, codes: Sequence[str], caller: str, actor: Actor, on: date) -> RegistryWatch:
    """The subscriptions that the register says it has ended are over.

    Basis: as `keep_watches`. Refuses what ends no subscription that we gave up.
    """
    leaving = RegistryWatch.objects.filter(source=source, transaction_id=transaction_id, state=WatchState.TO_END, code__in=codes)
    ended = list(leaving.select_for_update().order_by("id"))
    if not ended:
        raise Refused("没有与这一答复对应的退订。")
    for each in ended:
        each.state = WatchState.ENDED
    RegistryWatch.objects.bulk_update(ended, ["state"], batch_size=_AT_ONCE)
    remark(f"{SOURCES[source].label}变动通知：已退订{len(ended)}人", basis=BASIS)
    return ended[0]


@action("verification.notice_taken", permission=may_give_notice)
def take_notice(
    *,
    source: str,
    watch: RegistryWatch,
    records: Sequence[Mapping[str, Any]],
    notice_id: str,
    caller: str,
    actor: Actor,
    on: date,
) -> Inquiry:
    """What the register tells of a watched person stands as findings of the watch, to be looked at by people; nothing is decided.

    Basis: 民发〔2021〕57号 第三十二条. Refuses: a notice that came before, one about somebody else or that cannot be read, and
    one about somebody whose letter has ended or whom we watch there no more.
    """
    label, connection = SOURCES[source].label, connections()[source]
    # The same notice may come twice at once: the second waits here, and finds what the first has kept.
    watch = RegistryWatch.objects.select_for_update().get(pk=watch.pk)
    if watch.source != source or watch.state not in WATCH_TELLS:
        raise Refused("没有与这一通知对应的订阅。")
    if was_kept(source, notice_id):
        raise Refused("这一通知已经接收过。")
    if source not in consented([watch.person_id], on=on).get(watch.person_id, frozenset()):
        raise Refused("此人的核对授权已经失效，通知没有接收。")
    home = members_on(on).filter(person=watch.person_id).select_related("household__area").order_by("id").first()
    if home is None:
        raise Refused("此人不在任何家庭中，通知没有接收。")
    progress = Progress()
    (person,) = persons_table({watch.person_id: home.household_id}).to_pylist()
    progress.take_records(connection, records, person, on)
    if progress.failed:
        raise Refused(f"通知没有接收：{next(iter(progress.failed.values()))}。")
    inquiry = Inquiry.objects.create(
        number=next_plain_number(SERIES, year=on.year),
        occasion=Occasion.WATCH,
        subject_kind=NOTICE,
        subject_id=watch.pk,
        ground=f"{label}变动通知：{BASIS}"[:200],
        area=home.household.area,
        asked_on=on,
        done_on=on,
    )
    people = about({inquiry.pk: [Listed(watch.person_id, home.household_id, Capacity.MEMBER)]}, on=on)
    keep_people(people)
    with Search(people, {source: progress.answer(connection, notice_id, on)}) as search:
        keep(search.ask(Standing(source, Answered.SEARCHED, None)))
    findings = find({inquiry.pk: ""}, on=on)
    remark(f"{inquiry.number}：{label}变动通知，新增疑点{len(findings)}条", basis=BASIS, findings=numbers_of(findings))
    return inquiry
