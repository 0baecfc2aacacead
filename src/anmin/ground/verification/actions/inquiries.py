"""Sources are asked: for the requests of cases together, for a whole roll source by source, for what came late."""

from collections.abc import Mapping, Sequence
from datetime import date

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.areas.models import Area
from anmin.ground.documents.numbers import next_plain_number
from anmin.ground.verification.actions.requests import BASIS
from anmin.ground.verification.answers import sources_of, standings
from anmin.ground.verification.asking import Asked, Search, about, asked_in, keep, keep_people
from anmin.ground.verification.declarations import Listed, roll, rolls_of
from anmin.ground.verification.findings import find, numbers_of
from anmin.ground.verification.homes import members_on, people_of
from anmin.ground.verification.late import ask_again, waiting_in
from anmin.ground.verification.models import Inquiry, InquirySource, VerificationRequest
from anmin.ground.verification.permissions import may_ask_sources, may_open_campaign, may_run_requests
from anmin.ground.verification.questions import outstanding
from anmin.ground.verification.registry_interface import Answer, connections
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.sources import source as source_of
from anmin.ground.verification.vocabulary import Answered, Occasion, SourceName

_AT_ONCE = 500
SERIES = "HD"


@action("verification.requests_run", permission=may_run_requests)
def run_requests(
    *,
    requests: Sequence[VerificationRequest],
    area: Area,
    answers: Mapping[str, Answer] | None = None,
    actor: Actor,
    on: date,
) -> Area:
    """Every request has its inquiry: all sources were asked about the members of its family and their supporters, and what was
    found stands as findings to be decided. One comparison for each source, however many requests.

    `answers` are those of `gathering.gather_for`. Sources that nobody delivered, that are out of date, cannot be read or did not
    answer are kept as such; so is for whom consent is lacking.
    Basis: 民发〔2021〕57号 第十八条. Refuses: no request, one that was answered or run before.
    """
    wanted = list({request.pk: request for request in requests}.values())
    if not wanted:
        raise BadValue("没有待核对的请求。")
    for request in wanted:
        if request.answered_on is not None or request.inquiry_id is not None:
            raise Refused(f"{request.household}的核对请求已经核对过，不必重复核对；情况有变请重新提请。")
    inquiries: dict[tuple[int, int], Inquiry] = {}
    for request in wanted:
        inquiries[request.household_id, request.pk] = Inquiry.objects.create(
            number=next_plain_number(SERIES, year=on.year),
            occasion=request.occasion,
            subject_kind=request.subject_kind,
            subject_id=request.subject_id,
            ground=BASIS,
            area_id=request.area_id,
            # Who asked is the town that requested it; who ran the comparison stands in the log.
            asked_by_id=request.requested_by_id,
            asked_on=on,
        )
    people = _families(inquiries, on)
    keep_people(people)
    with Search(people, answers) as search:
        carried = sum(keep(search.ask(standing)) for standing in standings(on).values())
    programmes = {}
    for request in wanted:
        inquiry = inquiries[request.household_id, request.pk]
        inquiry.done_on, programmes[inquiry.pk] = on, request.purpose.rpartition(".")[0]
        request.inquiry, request.source = inquiry, SourceName.EXTRACTS
    Inquiry.objects.bulk_update(inquiries.values(), ["done_on"], batch_size=_AT_ONCE)
    VerificationRequest.objects.bulk_update(wanted, ["inquiry", "source"], batch_size=_AT_ONCE)
    findings = find(programmes, on=on)
    withheld = sum(bool(each.withheld) for each in people)
    remark(
        f"核对请求{len(wanted)}件：{len(people)}人，发现疑点{len(findings)}条"
        + (f"；{withheld}人授权不全，未授权的数据没有查询" if withheld else "")
        + (f"；{carried}条疑似记录沿用以前的辨认" if carried else "")
        + "".join(f"；{each.sentence.removesuffix('。')}" for each in search.answers.values()),
        basis=BASIS,
        inquiries=[inquiry.number for inquiry in inquiries.values()][:100],
        findings=numbers_of(findings),
    )
    return area


@action("verification.campaign_opened", permission=may_open_campaign)
def open_campaign(*, occasion: Occasion, ground: str, area: Area, rolls: Sequence[str] = (), actor: Actor, on: date) -> Inquiry:
    """An inquiry into everybody on the rolls of the area, and those who owe them support, is open; no source is asked yet.

    `rolls` are addresses of benefits; where none is given, those of `declarations.rolls_of`. `campaigns.run_campaign` asks source
    by source.
    Basis: 省政府令第126号. Refuses: no ground, an unknown roll, nobody on the rolls.
    """
    if occasion not in (Occasion.FULL, Occasion.WATCH):
        raise BadValue("核对任务应为全量核对或者动态监测。")
    if not ground.strip():
        raise BadValue("请写明开展核对的依据或事由。")
    listed: dict[Listed, None] = {}
    for each in [roll(name) for name in rolls] or rolls_of(Occasion(occasion)):
        listed |= dict.fromkeys(each.people(on, area.path))
    if not listed:
        raise Refused(f"{area.name}在{on}没有在册对象，无须核对。")
    inquiry = Inquiry.objects.create(
        number=next_plain_number(SERIES, year=on.year),
        occasion=occasion,
        ground=ground.strip(),
        area=area,
        asked_by_id=actor.id,
        asked_on=on,
    )
    people = about({inquiry.pk: list(listed)}, on=on)
    keep_people(people)
    withheld = sum(bool(each.withheld) for each in people)
    remark(
        f"开展{Occasion(occasion).label} {inquiry.number}：{len({each.person_id for each in people})}人"
        + (f"，其中{withheld}人授权不全，未授权的数据不查询" if withheld else ""),
        basis=ground.strip(),
    )
    return inquiry


@action("verification.source_asked", permission=may_ask_sources)
def ask_source(*, inquiry: Inquiry, source: str, search: Search | None = None, actor: Actor, on: date) -> Inquiry:
    """One source of an inquiry has been asked about everybody in it, or stands as unable to answer; for its own transaction.

    `search` is what was prepared for the sources before. Refuses a source that was searched before, or whose answer is awaited.
    """
    label = source_of(source).label
    if InquirySource.objects.filter(inquiry=inquiry, source=source, answered=Answered.SEARCHED).exists():
        raise Refused(f"{inquiry.number}已经比对过{label}数据。")
    if outstanding().filter(inquiry=inquiry, source=source).exists():
        raise Refused(f"{inquiry.number}已经提出{label}查询，正在等待答复。")
    standing = standings(on)[source]
    if search is not None:
        came = search.ask(standing)
    else:
        with Search(asked_in(inquiry)) as mine:
            came = mine.ask(standing)
    carried = keep(came)
    (line,) = came.lines
    as_of = f"（截至{line.extract.as_of}）" if line.extract is not None else ""
    words = f"{inquiry.number}：{label}{as_of}{Answered(line.answered).label}，{line.persons}人，命中{line.hits}条"
    if line.parts:
        words += f"，其中查了截至{'、'.join(day for day, _ in line.parts)}的部分数据"
    if carried:
        words += f"，{carried}条疑似记录沿用以前的辨认"
    answer = search.answers.get(source) if search is not None else None
    remark(f"{words}。{answer.sentence}" if answer is not None else words, basis=inquiry.ground)
    return inquiry


@action("verification.campaign_concluded", permission=may_ask_sources)
def conclude_campaign(*, inquiry: Inquiry, actor: Actor, on: date) -> Inquiry:
    """What the sources said stands as findings to be decided, and the inquiry is done.

    Refuses while a source has not been asked.
    """
    left = sorted(set(sources_of(Occasion(inquiry.occasion))) - set(inquiry.sources.values_list("source", flat=True)))
    if left:
        raise Refused(f"{inquiry.number}还有{len(left)}个数据源没有核对：{'、'.join(SOURCES[each].label for each in left)}。")
    findings = find({inquiry.pk: ""}, on=on)
    if inquiry.done_on is None:
        inquiry.done_on = on
        inquiry.save(update_fields=["done_on"])
    remark(f"{inquiry.number}完成：发现疑点{len(findings)}条", basis=inquiry.ground, findings=numbers_of(findings))
    return inquiry


@action("verification.late_sources_asked", permission=may_ask_sources)
def ask_late_sources(*, inquiry: Inquiry, answers: Mapping[str, Answer] | None = None, actor: Actor, on: date) -> Inquiry:
    """The sources that had not been delivered, were out of date, could not be read or did not answer about everybody are asked
    again, about whom they have not answered; findings are added.

    `answers` are those of `gathering.gather_late`.

    Refuses an inquiry whose sources were all searched, and one where none of those left can be searched today either.
    """
    waiting = list(waiting_in(inquiry).values_list("source", flat=True))
    if not waiting:
        raise Refused(f"{inquiry.number}的数据源都已比对。")
    today, given, over_the_wire = standings(on), answers or {}, connections()
    awaited = set(outstanding().filter(inquiry=inquiry).values_list("source", flat=True).order_by())
    asked = [
        source
        for source in waiting
        if source in given
        or (source not in over_the_wire and today[source].answered is Answered.SEARCHED)
        or (source in over_the_wire and over_the_wire[source].answers_later and source not in awaited)
    ]
    if not asked and awaited:
        raise Refused(f"已提出{'、'.join(SOURCES[each].label for each in sorted(awaited))}查询，正在等待答复。")
    if not asked:
        raise Refused("尚未比对的数据源仍然没有可用的数据，请先接收部门数据。")
    findings = ask_again(inquiry, [today[source] for source in asked], given, on=on)
    labels = "、".join(SOURCES[each].label for each in asked)
    remark(f"{inquiry.number}补充核对：{labels}，新增疑点{findings}条", basis=inquiry.ground)
    return inquiry


def _families(inquiries: Mapping[tuple[int, int], Inquiry], on: date) -> list[Asked]:
    """The people of every inquiry, by its household; the letters of all are looked up together."""
    homes: dict[int, list[Listed]] = {}
    wanted = sorted({household for household, _ in inquiries})
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for each in people_of(members_on(on).filter(household_id__in=some), on):
            homes.setdefault(each.household_id, []).append(each)
    return about({inquiry.pk: homes.get(household, []) for (household, _), inquiry in inquiries.items()}, on=on)
