"""Who reads what other departments say of a family: who decides and who watches over it, and nobody else."""

import pytest

from anmin.base.errors import Refused
from anmin.ground.accounts.gate import Actor
from anmin.ground.documents import queries as documents
from anmin.ground.documents.models import DocumentFile
from anmin.ground.verification import actions, queries
from anmin.ground.verification.models import Inquiry
from tests.checked_families import Checked
from tests.conftest import TODAY, Cast
from tests.web.signed_in import browser_of


@pytest.mark.capability("SA-12")
def test_whoever_pays_reads_nothing_of_what_was_found(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    report = actions.issue_report(inquiry=finding.inquiry, household=finding.household, actor=cast.reviewer, on=TODAY)
    number, home, person = finding.inquiry.number, finding.household_id, finding.person_id
    pages = (
        "findings", f"findings/{finding.pk}", "queue", "inquiries", f"inquiries/{number}",
        f"inquiries/{number}/families/{home}", "reports", f"reports/{report.number}", "watch", "consents", f"families/{home}",
    )  # fmt: skip
    payer, decider = browser_of(cast.cashier), browser_of(cast.decision_maker)
    assert {page: payer.get(f"/verification/{page}").status_code for page in pages} == dict.fromkeys(pages, 403)
    assert {page: decider.get(f"/verification/{page}").status_code for page in pages} == dict.fromkeys(pages, 200)
    for place in (f"/households/{home}", f"/people/{person}"):
        assert ["信息核对</h2>" in each.get(place).content.decode() for each in (decider, payer)] == [True, False]


def test_the_paper_of_the_report_is_not_for_whoever_pays(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    report = actions.issue_report(inquiry=finding.inquiry, household=finding.household, actor=cast.reviewer, on=TODAY)
    lies = DocumentFile.objects.filter(document=report.document).order_by("id")
    address = f"/documents/files/{lies[0].pk}"
    assert [browser_of(each).get(address).status_code for each in (cast.clerk, cast.auditor, cast.cashier)] == [200, 200, 403]
    with pytest.raises(Refused, match="没有这个文件"):
        documents.file(cast.cashier, lies[0].pk)
    assert report.document not in documents.documents(cast.cashier)


def test_queries_answer_the_same_people(checked: Checked, cast: Cast) -> None:
    finding = checked.with_a_car()
    inquiry, home = Inquiry.objects.get(pk=finding.inquiry_id), finding.household
    assert home is not None

    def read(actor: Actor) -> list[bool]:
        return [
            queries.findings(actor).exists(),
            queries.finding(actor, finding.pk) is not None,
            queries.hit(actor, finding.hit_id) is not None,
            queries.inquiry(actor, inquiry.number) is not None,
            queries.household_roll_up(actor, home, inquiry) is not None,
            queries.consents(actor, on=TODAY).exists(),
        ]

    readers = (cast.reviewer, cast.decision_maker, cast.leader, cast.auditor)
    assert [read(each) for each in readers] == [[True] * 6] * 4
    assert [read(each) for each in (cast.cashier, cast.administrator, cast.clerk_next_door)] == [[False] * 6] * 3
