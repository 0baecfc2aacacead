"""The verbs of payments: the roll's way from generated to approved, the bank's files, what must be got back."""

from anmin.ground.payments.actions.bank import bring_return_file, fetch_bank_file, make_bank_file, release_payment
from anmin.ground.payments.actions.changes import confirm_change, refuse_change
from anmin.ground.payments.actions.recoveries import agree_offset, issue_recovery_notice, record_repayment
from anmin.ground.payments.actions.rolls import approve_roll, check_roll, discard_roll, generate_roll

__all__ = [
    "agree_offset",
    "approve_roll",
    "bring_return_file",
    "check_roll",
    "confirm_change",
    "discard_roll",
    "fetch_bank_file",
    "generate_roll",
    "issue_recovery_notice",
    "make_bank_file",
    "record_repayment",
    "refuse_change",
    "release_payment",
]
