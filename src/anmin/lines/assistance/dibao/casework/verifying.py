"""The steps by which a case asks for verification and gets its report; the application and the review share them."""

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.cases.casetypes import Need, Step
from anmin.ground.verification.permissions import READERS
from anmin.ground.verification.vocabulary import VerificationResult
from anmin.lines.assistance.dibao.casework import checks, outcomes, verification
from anmin.lines.assistance.dibao.vocabulary import NATIONAL_18

TOWN = (Role.TOWN_CLERK,)
SECTION = (Role.SECTION_REVIEWER,)


def verification_steps(*, asked_from: tuple[str, ...], leads_to: str | None, verifying: str) -> tuple[Step, ...]:
    """Asked for from the states `asked_from` (and the case then stands in `leads_to`), started and answered while `verifying`."""
    return (
        Step(
            "request_verification",
            "提请信息核对",
            TOWN,
            asked_from,
            leads_to,
            needs=(
                # Not asked for by the form: who asks without a letter is refused by the system, and that stands in the log.
                Need(
                    "consented_by",
                    "已签署核对授权书的成员",
                    "people",
                    required=False,
                    hint="全体家庭成员均须授权；未成年人由监护人签署",
                ),
                Need("consent_on", "授权日期", "date"),
            ),
            checks=(checks.no_verification_under_way,),
            data_checks=(checks.consent_is_not_later,),
            effect=verification.request_verification,
            outcome=outcomes.of_request,
            basis=NATIONAL_18,
        ),
        Step(
            "start_verification",
            "启动信息核对",
            SECTION,
            (verifying,),
            None,
            checks=(checks.verification_requested, checks.verification_not_started),
            basis=NATIONAL_18,
        ),
        Step(
            "take_over_report",
            "采用核对报告",
            SECTION,
            (verifying,),
            None,
            checks=(checks.verification_requested, verification.report_was_issued),
            effect=verification.take_over_report,
            outcome=outcomes.of_report,
            hint="平台已经与部门数据核对并出具报告的，采用该报告；部门数据没有接入的，人工查询后出具核对报告。",
            basis=NATIONAL_18,
            read_by=READERS,
        ),
        Step(
            "receive_verification",
            "出具核对报告",
            SECTION,
            (verifying,),
            None,
            needs=(
                Need("result", "核对结果", "choice", choices=VerificationResult),
                Need("sources", "查询的部门和单位", "text"),
                Need("as_of", "数据截至日期", "date"),
                Need("summary", "核对情况摘要", "long_text"),
                Need("report_number", "核对报告编号", "text", required=False, hint="不填则由系统编号"),
            ),
            checks=(checks.verification_requested,),
            data_checks=(checks.as_of_is_not_later,),
            effect=verification.record_verification_report,
            outcome=outcomes.of_report,
            basis=NATIONAL_18,
            read_by=READERS,
        ),
    )
