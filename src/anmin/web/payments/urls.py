"""Addresses of rolls, payments and recoveries."""

from django.urls import path

from anmin.web.asking import for_business
from anmin.web.payments import bank, changes, histories, lines, recoveries, rolls

urlpatterns = [
    path("payments", for_business(rolls.rolls), name="rolls"),
    path("payments/generate", for_business(rolls.generate), name="roll-generate"),
    path("payments/rolls/<int:roll_id>", for_business(rolls.roll), name="roll"),
    path("payments/rolls/<int:roll_id>/check", for_business(rolls.check), name="roll-check"),
    path("payments/rolls/<int:roll_id>/approve", for_business(rolls.approve), name="roll-approve"),
    path("payments/rolls/<int:roll_id>/discard", for_business(rolls.discard), name="roll-discard"),
    path("payments/rolls/<int:roll_id>/lines", for_business(lines.lines), name="roll-lines"),
    path("payments/rolls/<int:roll_id>/changes", for_business(lines.changes), name="roll-changes"),
    path("payments/rolls/<int:roll_id>/notices", for_business(lines.notices), name="roll-notices"),
    path("payments/lines/<int:line_id>", for_business(lines.line), name="roll-line"),
    path("payments/rolls/<int:roll_id>/bank", for_business(bank.bank), name="roll-bank"),
    path("payments/rolls/<int:roll_id>/bank/make", for_business(bank.make), name="roll-bank-make"),
    path("payments/rolls/<int:roll_id>/bank/return", for_business(bank.bring_return), name="roll-bank-return"),
    path("payments/files/<str:number>.<str:ending>", for_business(bank.download), name="bank-file"),
    path("payments/payments", for_business(bank.payments), name="payments"),
    path("payments/payments/<int:payment_id>", for_business(bank.payment), name="payment"),
    path("payments/payments/<int:payment_id>/release", for_business(bank.release), name="payment-release"),
    path("payments/households/<int:household_id>", for_business(histories.household), name="household-payments"),
    path("payments/changes", for_business(changes.changes), name="payout-changes"),
    path("payments/changes/<int:change_id>", for_business(changes.change), name="payout-change"),
    path("payments/changes/<int:change_id>/settle", for_business(changes.settle), name="payout-change-settle"),
    path("payments/recoveries", for_business(recoveries.recoveries), name="recoveries"),
    path("payments/recoveries/<int:recovery_id>", for_business(recoveries.recovery), name="recovery"),
    path("payments/recoveries/<int:recovery_id>/notice", for_business(recoveries.notice), name="recovery-notice"),
    path(
        "payments/recoveries/<int:recovery_id>/notice/issue", for_business(recoveries.issue_notice), name="recovery-notice-issue"
    ),
    path("payments/recoveries/<int:recovery_id>/agree", for_business(recoveries.agree), name="recovery-agree"),
    path("payments/recoveries/<int:recovery_id>/repay", for_business(recoveries.repay), name="recovery-repay"),
]
