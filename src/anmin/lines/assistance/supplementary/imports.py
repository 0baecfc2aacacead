"""The claims of the insurance, as the insurer sends them."""

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming
from anmin.ground.people.secrecy import blind_index
from anmin.lines.assistance.supplementary.actions import Paid, record_claims
from anmin.lines.assistance.supplementary.models import InsuranceClaim, InsurancePolicy, InsuredPerson

_AT_ONCE = 2_000


def check_claims(incoming: Incoming) -> list[Paid]:
    """Each claim is of somebody insured on the day of payment by the policy of its year; faults by row and field."""
    policies = {policy.year: policy for policy in InsurancePolicy.objects.all()}
    people = _insured({row["identity_number"] for row in incoming.sound})
    known = _known([row["number"] for row in incoming.sound])
    seen: dict[str, int] = {}
    claims: list[Paid] = []
    for row in incoming.sound:
        policy = policies.get(row["year"])
        if policy is None or policy.frozen_on is None:
            incoming.wrong(row, "year", f"没有{row['year']}年度的低补保参保名册，请先登记保单并冻结名册。")
            continue
        insured = people.get((policy.pk, row["identity_number"]))
        if insured is None:
            incoming.wrong(row, "identity_number", f"不在{row['year']}年度的参保名册上，请与承保公司核对。")
            continue
        if row["paid_on"] < policy.starts_on or row["paid_on"] > incoming.on:
            incoming.wrong(row, "paid_on", f"应在保险起期 {policy.starts_on} 和今天之间。")
        if row["amount"] <= 0:
            incoming.wrong(row, "amount", "应大于零。")
        if row["number"] in known:
            incoming.wrong(row, "number", "这个赔案号已经登记，请勿重复导入。")
        if row["number"] in seen:
            incoming.wrong(row, "number", f"与第 {seen[row['number']]} 行重复。")
        seen[row["number"]] = row.number
        if row.sound:
            claims.append(Paid(insured, row["number"], row["paid_on"], row["amount"]))
    return claims


def load_claims(claims: list[Paid], incoming: Incoming) -> Counts:
    """The claims are on record."""
    assert incoming.batch is not None  # a file being loaded is a batch
    record_claims(claims=claims, batch=incoming.batch, actor=incoming.actor, on=incoming.on)
    return {"登记理赔": len(claims)}


def _insured(numbers: set[str]) -> dict[tuple[int, str], int]:
    indexes = {blind_index(number): number for number in numbers}
    found: dict[tuple[int, str], int] = {}
    keys = list(indexes)
    for start in range(0, len(keys), _AT_ONCE):
        rows = InsuredPerson.objects.filter(person__identity_index__in=keys[start : start + _AT_ONCE])
        for pk, policy_id, index in rows.values_list("id", "policy_id", "person__identity_index"):
            found[policy_id, indexes[str(index)]] = pk
    return found


def _known(numbers: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(numbers), _AT_ONCE):
        some = InsuranceClaim.objects.filter(number__in=numbers[start : start + _AT_ONCE])
        found |= set(some.values_list("number", flat=True))
    return found


CLAIMS_FORM = ImportForm(
    name="assistance.supplementary.claims",
    label="低补保理赔清单",
    sender="承保公司",
    columns=(
        Column("year", "保单年度", "count", required=True, most=2200, example="2024"),
        Column("number", "赔案号", required=True, longest=60, example="PA2024000001"),
        Column("identity_number", "身份证号", "identity_number", required=True, example="320699195003120010"),
        Column("paid_on", "赔付日期", "date", required=True, example="2024-05-20"),
        Column("amount", "赔付金额", "yuan", required=True, example="970.50"),
    ),
    check=check_claims,
    load=load_claims,
    roles=(Role.SECTION_REVIEWER,),
    notes=("先登记保单、冻结参保名册，再导入理赔清单。",),
)

FORMS = (CLAIMS_FORM,)
