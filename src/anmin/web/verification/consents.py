"""Letters of consent: the list, one letter, recording those a family signed, the blank letter, withdrawal."""

from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from anmin.base import clock
from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import SYSTEM, Actor
from anmin.ground.areas import queries as areas
from anmin.ground.documents import actions as documents
from anmin.ground.documents.docx_writer import to_docx
from anmin.ground.documents.html_writer import to_html
from anmin.ground.documents.paper import Paper
from anmin.ground.documents.vocabulary import DOCX
from anmin.ground.people import families as at_home
from anmin.ground.people import queries as people
from anmin.ground.policy.book import policy
from anmin.ground.verification import actions, queries
from anmin.ground.verification.letters import Signer, blank_letter
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import Capacity, ConsentState, SignedAs
from anmin.web import listing
from anmin.web.asking import attempt, may, why_not
from anmin.web.middleware import ActingRequest
from anmin.web.records import record_url
from anmin.web.verification.forms import OTHER, ConsentFilter, FamilySearch, LetterForm, ReasonForm
from anmin.web.verification.tables import ConsentTable, sources_words
from anmin.web.verification.tabs import CONSENT_TONES, crumbs

FAMILIES_SHOWN = 30
_PLACE = ("核对授权书", "consents")
_ICONS = {"in_force": "signature", "expiring": "alarm", "expired": "hourglass", "withdrawn": "ban"}


def consents(request: ActingRequest) -> HttpResponse:
    """The letters, the latest first."""
    actor, on = request.actor, clock.today()
    form = ConsentFilter(request.GET, towns=list(areas.towns(actor, on=on)))
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.consents(actor, on=on, text=asked.get("text", ""), town=asked.get("town", ""), state=asked.get("state", ""))
    table = ConsentTable(found)
    if listing.wants_xlsx(request):
        return listing.as_xlsx(listing.configured(request, table), "核对授权书")
    counts = queries.counts_by_state(actor, on)
    return render(
        request,
        "verification/consents.html",
        {
            "form": form,
            "table": listing.configured(request, table),
            "counts": [
                {"label": state.label, "count": counts[state], "href": f"?state={state.value}", "icon": icon}
                for state, icon in ((ConsentState(name), icon) for name, icon in _ICONS.items())
            ],
            "may_record": _may_record_somewhere(actor),
            "export": listing.export_address(request),
            "breadcrumbs": crumbs(*_PLACE),
        },
    )


def consent(request: ActingRequest, consent_id: int) -> HttpResponse:
    """One letter: whose, by whom, for what, until when; and its withdrawal."""
    actor, on = request.actor, clock.today()
    found = queries.consent(actor, consent_id, on=on)
    if found is None:
        raise Http404
    area = queries.area_to_act_in(actor, found)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        gone = attempt(
            form,
            lambda: actions.withdraw_consent(consent=found, reason=form.cleaned_data["reason"], area=area, actor=actor, on=on),
        )
        if gone is not None:
            messages.success(request, f"已登记撤回{found.person.name}的核对授权，今后不再据此查询。")
            return redirect("consent", consent_id)
    state = ConsentState(found.state)
    return render(
        request,
        "verification/consent.html",
        {
            "consent": found,
            "state": state.label,
            "tone": CONSENT_TONES[state],
            "holds": state in (ConsentState.IN_FORCE, ConsentState.EXPIRING),
            "facts": _facts(actor, found),
            "sources": [(source.label, source.department, name in found.sources) for name, source in SOURCES.items()],
            "covers": sources_words(found.sources),
            "files": list(found.document.files.all()) if found.document else [],
            "form": form,
            "may_withdraw": state not in (ConsentState.WITHDRAWN, ConsentState.EXPIRED)
            and may(actions.withdraw_consent, actor=actor, area=area),
            "breadcrumbs": crumbs(*_PLACE, {"label": found.person.name}),
        },
        status=422 if form.errors else 200,
    )


def choose(request: ActingRequest) -> HttpResponse:
    """The families that a name or number means, to record their letters or print the blank one."""
    actor, on = request.actor, clock.today()
    form = FamilySearch(request.GET or None)
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    families: list[Any] = []
    more = False
    if text:
        found = people.search(actor, text)
        homes = at_home.homes_of(actor, [person.pk for person in found.persons], on=on)
        wanted = list(dict.fromkeys([*(home.pk for home in found.households), *homes.values()]))
        families, more = at_home.families(actor, wanted[:FAMILIES_SHOWN], on=on), found.more or len(wanted) > FAMILIES_SHOWN
    return render(
        request,
        "verification/choose_family.html",
        {
            "form": form,
            "text": text,
            "families": families,
            "more": more,
            "may_record": _may_record_somewhere(actor),
            "breadcrumbs": crumbs(*_PLACE, {"label": "登记授权书"}),
        },
    )


def record(request: ActingRequest, household_id: int) -> HttpResponse:
    """The letters a family signed are recorded together, all or none, with one scan."""
    actor, on = request.actor, clock.today()
    home = _home(actor, household_id)
    if reason := why_not(actions.record_consent, actor=actor, area=home.area):
        raise Refused(reason)
    signatories = queries.signatories(actor, home, on)
    months = policy().number("verification.consents.months", on=on)
    form = LetterForm(request.POST or None, request.FILES or None, people=signatories, months=months, on=on)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                count = _recorded(actor, on, home, form)
        except (BadValue, Refused) as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, f"已登记{home.head.name}家庭的核对授权书 {count} 份。")
            return redirect(f"{reverse('consents')}?text={home.head.name}" if count == 1 else "consents")
    return render(
        request,
        "verification/record_consents.html",
        {
            "home": home,
            "form": form,
            "rows": [
                {**row, "capacity": Capacity(row["of"].capacity).label, "missing": len(row["of"].missing)} for row in form.rows()
            ],
            "household_url": record_url("household", home.pk),
            "breadcrumbs": crumbs(*_PLACE, {"label": "登记授权书", "url": reverse("consent-new")}, {"label": home.number}),
        },
        status=422 if form.errors else 200,
    )


def letter(request: ActingRequest, household_id: int) -> HttpResponse:
    """The blank letter for a family, for the printer or as a Word file."""
    actor, on = request.actor, clock.today()
    home = _home(actor, household_id)
    paper = _blank(actor, home, on)
    if request.GET.get("format") == "docx":
        answer = HttpResponse(to_docx(paper), content_type=DOCX)
        answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'核对授权书（{home.number}）')}.docx"
        return answer
    return render(
        request,
        "verification/letter.html",
        {
            "home": home,
            # The writer escapes every text of the paper itself.
            "paper": mark_safe(to_html(paper)),  # noqa: S308  # escaped above
            "may_record": may(actions.record_consent, actor=actor, area=home.area),
            "breadcrumbs": crumbs(*_PLACE, {"label": "登记授权书", "url": reverse("consent-new")}, {"label": "空白授权书"}),
        },
    )


def _home(actor: Actor, household_id: int) -> Any:
    found = people.households(actor).filter(pk=household_id).first()
    if found is None:
        raise Http404
    return found


def _may_record_somewhere(actor: Actor) -> bool:
    return any(may(actions.record_consent, actor=actor, area=area) for area in areas.towns(actor)[:1])


def _recorded(actor: Actor, on: date, home: Any, form: LetterForm) -> int:
    given = form.cleaned_data
    scan = None
    if given["file"]:
        scan = documents.receive_document(
            file_name=given["file"].name,
            content=given["file"].read(),
            title=f"核对授权书（{home.number}）",
            subject=home,
            area=home.area,
            actor=actor,
            on=on,
        )
    signers: dict[str, Any] = {str(each.person.pk): each.person for each in form.people} | {"": None}
    chosen = form.chosen()
    if any(guardian == OTHER for _, guardian in chosen):
        signers[OTHER] = _guardian(given["other_guardian"])
    for each, guardian in chosen:
        actions.record_consent(
            letter=actions.Letter(
                person=each.person,
                signed_on=given["signed_on"],
                signed_by=signers[guardian],
                sources=form.asked,
                valid_until=given["valid_until"],
                document=scan,
            ),
            area=home.area,
            actor=actor,
            on=on,
        )
    return len(chosen)


def _guardian(number: str) -> Any:
    """The guardian with this number, wherever in the county they live: whoever holds the signed letter knows it in full."""
    found = people.person_by_identity_number(SYSTEM, number.strip())
    if found is None:
        raise BadValue("系统中没有这一身份证号的监护人，请先登记监护人，或者核对号码。")
    return found


def _blank(actor: Actor, home: Any, on: date) -> Paper:
    signers = [
        Signer(each.person.name, each.person.identity_mask, Capacity(each.capacity).label, each.is_minor)
        for each in queries.signatories(actor, home, on)
        if each.person.died_on is None
    ]
    return blank_letter(
        household=home.number,
        address=home.address,
        signers=signers,
        months=policy().number("verification.consents.months", on=on),
    )


def _facts(actor: Actor, found: Any) -> list[Any]:
    person = found.person
    seen = actor.sees(person.area.path)
    facts: list[Any] = [
        {"label": "姓名", "value": person.name, "href": record_url("person", person.pk) if seen else ""},
        ("身份证号", person.identity_mask),
        ("所在地", "".join(filter(None, (person.area.parent and person.area.parent.name, person.area.name)))),
        ("签署", SignedAs(found.signed_as).label + ("" if found.signed_as == SignedAs.SELF else f"（{found.signed_by.name}）")),
        ("签署日期", found.valid_from),
        ("有效期至", found.valid_until),
        ("登记人", found.recorded_by.name if found.recorded_by else "系统"),
        ("登记日期", found.recorded_on),
    ]
    if found.withdrawn_on:
        facts += [("撤回日期", found.withdrawn_on), ("撤回原因", found.withdrawal_reason)]
    return facts
