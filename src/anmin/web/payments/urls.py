"""Addresses of rolls, payments and recoveries."""

from django.urls import path

from anmin.web.payments import bank, histories, lines, recoveries, rolls

urlpatterns = [
    path("payments", rolls.rolls, name="rolls"),
    path("payments/generate", rolls.generate, name="roll-generate"),
    path("payments/rolls/<int:roll_id>", rolls.roll, name="roll"),
    path("payments/rolls/<int:roll_id>/check", rolls.check, name="roll-check"),
    path("payments/rolls/<int:roll_id>/approve", rolls.approve, name="roll-approve"),
    path("payments/rolls/<int:roll_id>/discard", rolls.discard, name="roll-discard"),
    path("payments/rolls/<int:roll_id>/lines", lines.lines, name="roll-lines"),
    path("payments/rolls/<int:roll_id>/changes", lines.changes, name="roll-changes"),
    path("payments/rolls/<int:roll_id>/notices", lines.notices, name="roll-notices"),
    path("payments/lines/<int:line_id>", lines.line, name="roll-line"),
    path("payments/rolls/<int:roll_id>/bank", bank.bank, name="roll-bank"),
    path("payments/rolls/<int:roll_id>/bank/make", bank.make, name="roll-bank-make"),
    path("payments/rolls/<int:roll_id>/bank/return", bank.bring_return, name="roll-bank-return"),
    path("payments/files/<str:number>.<str:ending>", bank.download, name="bank-file"),
    path("payments/payments", bank.payments, name="payments"),
    path("payments/payments/<int:payment_id>", bank.payment, name="payment"),
    path("payments/payments/<int:payment_id>/release", bank.release, name="payment-release"),
    path("payments/households/<int:household_id>", histories.household, name="household-payments"),
    path("payments/recoveries", recoveries.recoveries, name="recoveries"),
    path("payments/recoveries/<int:recovery_id>", recoveries.recovery, name="recovery"),
    path("payments/recoveries/<int:recovery_id>/agree", recoveries.agree, name="recovery-agree"),
    path("payments/recoveries/<int:recovery_id>/repay", recoveries.repay, name="recovery-repay"),
]
