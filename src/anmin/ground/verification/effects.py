"""What a finding would change, in a sentence."""

from anmin.base.money import format_yuan
from anmin.ground.verification.models import Finding


def effect_of(finding: Finding) -> str:
    """`如属实，该户每月可领取412元，而不是906元`; blank where nothing is known of amounts."""
    before, after = finding.amount_before, finding.amount_after
    if before is None or after is None:
        return ""
    if before == after:
        return f"如属实，每月金额不变，仍为{format_yuan(before)}元"
    if after == 0:
        return f"如属实，不再符合领取条件（目前每月{format_yuan(before)}元）"
    return f"如属实，每月可领取{format_yuan(after)}元，而不是{format_yuan(before)}元"
