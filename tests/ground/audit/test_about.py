"""The lines about a handful of records: each reader finds those they may read."""

from anmin.ground.accounts.actions import set_password
from anmin.ground.accounts.models import Staff
from anmin.ground.audit import queries
from tests.conftest import TODAY, Cast, County


def test_lines_about_records_are_those_one_may_read(cast: Cast, county: County) -> None:
    staff = [Staff.objects.get(pk=actor.id) for actor in (cast.clerk, cast.second_clerk, cast.cashier)]
    for each in staff:
        set_password(staff=each, password="given-horse-46", actor=cast.administrator, on=TODAY)
    asked = {"accounts.staff": [staff[0].pk, staff[1].pk], "people.person": [staff[2].pk]}
    found = [[line.subject_id for line in queries.about(actor, asked)] for actor in (cast.auditor, cast.leader)]
    assert found == [[str(staff[1].pk), str(staff[0].pk)], []]


def test_no_records_have_no_lines(cast: Cast) -> None:
    assert [list(queries.about(cast.auditor, records)) for records in ({}, {"people.person": []})] == [[], []]
