"""Our records and answers in the shapes of the standard (version 1.0.0). Money is yuan with two places there."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

from django.conf import settings

from anmin.base.clock import SHANGHAI
from anmin.base.dci import VERSION
from anmin.base.dci.signatures import sign
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.people.models import Person
from anmin.ground.registry.records import HouseholdRecord, PersonRecord, Share
from anmin.ground.registry.vocabulary import GROUP, RECORD_TYPES, REGISTER_TYPES, Fault, Register

_CONTEXTS = {
    Register.SOCIAL: "https://schema.spdci.org/extensions/social/v1/",
    Register.BENEFICIARY: "https://schema.spdci.org/extensions/ibr/v1/",
    Register.DISABILITY: "https://schema.spdci.org/extensions/dr/v1/",
}
_SEVERITIES = {1: "profound", 2: "severe", 3: "moderate", 4: "mild"}


def moment(at: datetime | None = None) -> str:
    """An instant as the standard writes it, with its zone."""
    return (at or datetime.now(UTC)).astimezone(SHANGHAI).isoformat(timespec="milliseconds")


def _midnight(day: date) -> str:
    return datetime.combine(day, time(), SHANGHAI).isoformat()


# --- records -------------------------------------------------------------------------------------------------------


def person_record(register: Register, record: PersonRecord, on: date) -> dict[str, Any]:
    """One person as the record of a register: a member, a beneficiary, a disabled person."""
    context = {"@context": _CONTEXTS[register], "@type": RECORD_TYPES[register]}
    if register is Register.BENEFICIARY:
        return {**context, **_beneficiary(record, on)}
    if register is Register.DISABILITY:
        return {**context, **_member(record, on), "disability_details": _disability(record)}
    return {**context, **_member(record, on), "programmes": [_programme(share, on) for share in record.shares]}


def household_record(record: HouseholdRecord, on: date) -> dict[str, Any]:
    """One household with its members, its head first."""
    household = record.household
    members = [_member(each, on) for each in record.members]
    head = next((each for each, said in zip(members, record.members, strict=True) if said.person.pk == household.head_id), None)
    found: dict[str, Any] = {
        "@context": _CONTEXTS[Register.SOCIAL],
        "@type": GROUP,
        "group_identifier": [_identifier("HOUSEHOLD_ID", household.number)],
        "group_type": "family",
        "place": {"@type": "Place", "address": _address(household.area, household.address)},
        "group_size": record.counted,
        "member_list": members,
        "registration_date": _midnight(household.opened_on),
        "programmes": _distinct([_programme(share, on) for each in record.members for share in each.shares]),
    }
    if head is not None:
        found["group_head_info"] = head
    return found


def _member(record: PersonRecord, on: date) -> dict[str, Any]:
    membership = record.membership
    found: dict[str, Any] = {
        "@type": "Member",
        "member_identifier": [_identifier("NationalID", record.number)],
        "demographic_info": _demography(record.person, record.number),
        "is_disabled": record.disability_kind is not None,
    }
    if record.disability_kind is not None:
        found["disability_info"] = _disability(record)
    if membership is not None:
        found["relationship_to_head"] = membership.relation
        found["household_identifier"] = [_identifier("HOUSEHOLD_ID", membership.household.number)]
        found["counted_in_household"] = membership.counted
        found["registration_date"] = _midnight(membership.valid_from)
    return found


def _demography(person: Person, number: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "SRPerson",
        "identifier": [_identifier("NationalID", number)],
        "name": {"@type": "Name", "full_name": person.name},
        "sex": person.sex,
        "birth_date": person.birth_on.isoformat(),
        "address": _address(person.area, person.address),
    }
    if person.died_on is not None:
        found["death_date"] = person.died_on.isoformat()
    return found


def _address(area: Any, words: str) -> dict[str, Any]:
    town = area.parent.name if area.parent is not None else ""
    return {"@type": "Address", "locality": area.name, "region": town, "area_code": area.code, "street_address": words}


def _identifier(kind: str, value: str) -> dict[str, str]:
    return {"@type": "Identifier", "identifier_type": kind, "identifier_value": value}


def _disability(record: PersonRecord) -> list[dict[str, Any]]:
    if record.disability_kind is None:
        return []
    found: dict[str, Any] = {"@type": "DisabilityInfo", "disability_type": record.disability_kind}
    if record.disability_grade is not None:
        found["disability_grade"] = record.disability_grade
        found["functional_severity"] = _SEVERITIES.get(record.disability_grade, "unknown")
    if record.disability_since is not None:
        found["recorded_from"] = record.disability_since.isoformat()
    return [found]


def _programme(share: Share, on: date) -> dict[str, Any]:
    row = share.row
    running = row.valid_until is None or row.valid_until >= on
    found: dict[str, Any] = {
        "@type": "Programme",
        "programme_identifier": row.benefit,
        "programme_name": BENEFITS[row.benefit].label if row.benefit in BENEFITS else row.benefit,
        "entitlement_identifier": row.entitlement.number,
        "enrolment_date": row.valid_from.isoformat(),
        "enrolment_status": "active" if running else "inactive",
    }
    if row.valid_until is not None:
        found["exit_date"] = row.valid_until.isoformat()
    return found


def _beneficiary(record: PersonRecord, on: date) -> dict[str, Any]:
    shares = record.shares
    running = [share for share in shares if share.row.valid_until is None or share.row.valid_until >= on]
    edges = {share.row.valid_from for share in shares} | {share.row.valid_until for share in shares if share.row.valid_until}
    paid = {share.row.entitlement_id: share for share in shares if share.last_paid is not None}
    found: dict[str, Any] = {
        "member": _member(record, on),
        "programme_identifier": [_programme(share, on) for share in shares],
        "enrollment_status": "active" if running else "inactive",
        "status_change_date": [_midnight(edge) for edge in sorted(edge for edge in edges if edge <= on)],
        "benefits": [_benefit(share) for share in paid.values()],
    }
    if shares:
        found["enrollment_date"] = _midnight(min(share.row.valid_from for share in shares))
    return found


def _benefit(share: Share) -> dict[str, Any]:
    payment = share.last_paid
    assert payment is not None  # chosen by the caller
    assert payment.paid_on is not None  # it was paid
    return {
        "@type": "Benefit",
        "benefit_name": BENEFITS[share.row.benefit].label if share.row.benefit in BENEFITS else share.row.benefit,
        "benefit_amount": f"{payment.net // 100}.{payment.net % 100:02d}",
        "currency": "CNY",
        "date_received": payment.paid_on.isoformat(),
        "entitlement_identifier": share.row.entitlement.number,
    }


def _distinct(programmes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return list({(each["entitlement_identifier"], each["enrolment_date"]): each for each in programmes}.values())


# --- envelopes -----------------------------------------------------------------------------------------------------


def data(register: Register, record_type: str, records: list[dict[str, Any]]) -> dict[str, Any]:
    return {"version": VERSION, "reg_type": REGISTER_TYPES[register], "reg_record_type": record_type, "reg_records": records}


def answered(action: str, message: dict[str, Any], *, to: str, status: str, total: int, completed: int) -> dict[str, Any]:
    """An answer with its header, signed where we have a key."""
    header: dict[str, Any] = {
        "version": VERSION,
        "message_id": str(uuid4()),
        "message_ts": moment(),
        "action": action,
        "status": status,
        "total_count": total,
        "completed_count": completed,
        "sender_id": settings.DCI_ID,
        "receiver_id": to,
        "is_msg_encrypted": False,
    }
    return _sealed(header, message)


def _sealed(header: dict[str, Any], message: dict[str, Any]) -> dict[str, Any]:
    if settings.DCI_KEY is None:
        return {"header": header, "message": message}
    at = int(datetime.now(UTC).timestamp())
    signature = sign(header, message, settings.DCI_KEY, key_id=settings.DCI_ID, at=at)
    return {"signature": signature, "header": header, "message": message}


def acknowledged(correlation_id: str, *, left: str = "") -> dict[str, Any]:
    """That a message was taken; `left` says which part of it was not, and why."""
    message: dict[str, Any] = {"ack_status": "ACK", "timestamp": moment(), "correlation_id": correlation_id}
    if left:
        message["error"] = {"code": Fault.BAD.value, "message": left[:999]}
    return {"message": message}


def refused(fault: Fault, sentence: str) -> dict[str, Any]:
    """That a message was refused; `errors` is what the standard wants beside a status of HTTP."""
    error = {"code": fault.value, "message": sentence[:999]}
    message = {"ack_status": "ERR", "timestamp": moment(), "correlation_id": str(uuid4()), "error": error}
    return {"message": message, "errors": [error]}
