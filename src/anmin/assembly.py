"""The floor plan: the one file that knows every room.

Rooms declare case types, benefits, figures, file formats and schedules; here they are registered with the shared ground.
"""

from django.apps import AppConfig


class Assembly(AppConfig):
    """Puts the house together once, when Django has loaded every model."""

    name = "anmin"
    label = "assembly"
    verbose_name = "安民"

    def ready(self) -> None:
        from django.conf import settings

        from anmin.base import clock
        from anmin.ground.policy import book
        from anmin.ground.policy.calendars import load_calendars
        from anmin.ground.policy.parameters import Parameters

        clock.freeze(settings.TODAY)
        load_calendars(settings.POLICY_DIR / "calendars")
        book.install(lambda: Parameters.load(settings.POLICY_DIR))

        from anmin.ground.policy import exclusivity

        exclusivity.install(lambda: exclusivity.Exclusivity.load(settings.POLICY_DIR))

        # In this order: a later programme may rest on what an earlier one decided.
        from anmin.ground.policy.programmes import DECIDED
        from anmin.lines.assistance.dibao.rules import PROGRAMME as DIBAO_PROGRAMME
        from anmin.lines.assistance.hardship.rules import PROGRAMME as HARDSHIP_PROGRAMME
        from anmin.lines.assistance.margin.rules import PROGRAMME as MARGIN_PROGRAMME
        from anmin.lines.assistance.recognition.rules import PROGRAMME as RECOGNITION_PROGRAMME
        from anmin.lines.assistance.tekun.rules import PROGRAMME as TEKUN_PROGRAMME

        DECIDED.register(TEKUN_PROGRAMME, DIBAO_PROGRAMME, MARGIN_PROGRAMME, HARDSHIP_PROGRAMME, RECOGNITION_PROGRAMME)

        from anmin.lines.assistance.campaigns.rules import PROGRAMMES as CAMPAIGN_PROGRAMMES
        from anmin.lines.assistance.temporary.rules import PROGRAMME as TEMPORARY_PROGRAMME

        DECIDED.register(TEMPORARY_PROGRAMME, *CAMPAIGN_PROGRAMMES)

        from anmin.lines.children.stipend.rules import PROGRAMME as CHILDREN_PROGRAMME
        from anmin.lines.disability.living.rules import PROGRAMME as LIVING_PROGRAMME
        from anmin.lines.disability.nursing.rules import PROGRAMME as NURSING_PROGRAMME
        from anmin.lines.eldercare.accident_insurance.rules import PROGRAMME as INSURED_PROGRAMME
        from anmin.lines.eldercare.allowance.rules import PROGRAMME as ALLOWANCE_PROGRAMME

        DECIDED.register(CHILDREN_PROGRAMME, LIVING_PROGRAMME, NURSING_PROGRAMME, ALLOWANCE_PROGRAMME, INSURED_PROGRAMME)

        from anmin.ground.indicators.declarations import INDICATORS
        from anmin.lines.assistance.dibao import indicators as dibao_indicators

        INDICATORS.register(dibao_indicators.INDICATORS, dibao_indicators.BALANCES)

        from anmin.lines.assistance.hardship import indicators as hardship_indicators
        from anmin.lines.assistance.margin import indicators as margin_indicators
        from anmin.lines.assistance.recognition import indicators as low_income_indicators
        from anmin.lines.assistance.tekun import indicators as tekun_indicators

        INDICATORS.register(tekun_indicators.INDICATORS, tekun_indicators.BALANCES)
        INDICATORS.register(margin_indicators.INDICATORS, margin_indicators.BALANCES)
        INDICATORS.register(hardship_indicators.INDICATORS, hardship_indicators.BALANCES)
        INDICATORS.register(low_income_indicators.INDICATORS)

        from anmin.lines.children.stipend import indicators as children_indicators
        from anmin.lines.disability import indicators as disability_indicators
        from anmin.lines.disability.living import indicators as living_indicators
        from anmin.lines.disability.nursing import indicators as nursing_indicators
        from anmin.lines.eldercare.accident_insurance import indicators as insured_indicators
        from anmin.lines.eldercare.allowance import indicators as allowance_indicators

        INDICATORS.register(living_indicators.INDICATORS, living_indicators.BALANCES)
        INDICATORS.register(nursing_indicators.INDICATORS, nursing_indicators.BALANCES)
        INDICATORS.register(disability_indicators.INDICATORS)
        INDICATORS.register(allowance_indicators.INDICATORS, allowance_indicators.BALANCES)
        INDICATORS.register(insured_indicators.INDICATORS)
        INDICATORS.register(children_indicators.INDICATORS, children_indicators.BALANCES)

        from anmin.lines.assistance.campaigns import indicators as campaign_indicators

        INDICATORS.register(campaign_indicators.INDICATORS)

        from anmin.lines.assistance.deliberation import indicators as deliberation_indicators

        INDICATORS.register(deliberation_indicators.INDICATORS)

        from anmin.lines.assistance.homechecks import indicators as home_check_indicators

        INDICATORS.register(home_check_indicators.INDICATORS)

        from anmin.lines.assistance.temporary import indicators as temporary_indicators

        INDICATORS.register(temporary_indicators.INDICATORS)

        from anmin.lines.assistance.supplementary import indicators as supplementary_indicators

        INDICATORS.register(supplementary_indicators.INDICATORS)

        from anmin.ground.verification import indicators as verification_indicators

        INDICATORS.register(verification_indicators.INDICATORS)

        from anmin.ground.imports import forms
        from anmin.ground.people import imports as people_files
        from anmin.ground.reports import imports as report_files
        from anmin.ground.verification import imports as consent_files
        from anmin.lines.assistance.dibao import imports as dibao_files

        forms.register(people_files.FORMS)
        forms.register(consent_files.FORMS)
        forms.register(dibao_files.FORMS)
        forms.register(report_files.FORMS)

        from anmin.lines.assistance.hardship import imports as hardship_files
        from anmin.lines.assistance.margin import imports as margin_files
        from anmin.lines.assistance.tekun import imports as tekun_files

        forms.register(tekun_files.FORMS)
        forms.register(margin_files.FORMS)
        forms.register(hardship_files.FORMS)

        from anmin.lines.children.stipend import imports as children_files
        from anmin.lines.disability import cards as card_files
        from anmin.lines.disability.living import imports as living_files
        from anmin.lines.disability.nursing import imports as nursing_files
        from anmin.lines.eldercare.allowance import imports as allowance_files

        forms.register(card_files.FORMS)
        forms.register(living_files.FORMS)
        forms.register(nursing_files.FORMS)
        forms.register(allowance_files.FORMS)
        forms.register(children_files.FORMS)

        from anmin.lines.assistance.campaigns import imports as campaign_files

        forms.register(campaign_files.FORMS)

        from anmin.lines.assistance.homechecks import imports as home_check_files

        forms.register(home_check_files.FORMS)

        from anmin.lines.assistance.supplementary import imports as supplementary_files

        forms.register(supplementary_files.FORMS)

        from anmin.ground.cases import casetypes
        from anmin.lines.assistance.dibao import casework as dibao_casework

        casetypes.register(dibao_casework.CASE_TYPES)

        from anmin.lines.assistance.tekun import casework as tekun_casework

        casetypes.register(tekun_casework.CASE_TYPES)

        from anmin.lines.assistance.hardship import casework as hardship_casework
        from anmin.lines.assistance.margin import casework as margin_casework

        casetypes.register(margin_casework.CASE_TYPES)
        casetypes.register(hardship_casework.CASE_TYPES)

        from anmin.lines.children.stipend import casework as children_casework
        from anmin.lines.disability.living import casework as living_casework
        from anmin.lines.disability.nursing import casework as nursing_casework
        from anmin.lines.eldercare.allowance import casework as allowance_casework

        casetypes.register(living_casework.CASE_TYPES)
        casetypes.register(nursing_casework.CASE_TYPES)
        casetypes.register(allowance_casework.CASE_TYPES)
        casetypes.register(children_casework.CASE_TYPES)

        from anmin.lines.assistance.deliberation import casework as deliberation_casework

        casetypes.register(deliberation_casework.CASE_TYPES)

        from anmin.lines.assistance.temporary import casework as temporary_casework

        casetypes.register(temporary_casework.CASE_TYPES)

        from anmin.ground.schedules import declarations as schedules
        from anmin.lines.assistance.dibao import schedules as dibao_schedules

        schedules.register(dibao_schedules.SCHEDULES)

        from anmin.lines.assistance.tekun import schedules as tekun_schedules

        schedules.register(tekun_schedules.SCHEDULES)

        from anmin.lines.assistance.hardship import schedules as hardship_schedules
        from anmin.lines.assistance.margin import schedules as margin_schedules

        schedules.register(margin_schedules.SCHEDULES)
        schedules.register(hardship_schedules.SCHEDULES)

        from anmin.lines.children.stipend import schedules as children_schedules
        from anmin.lines.disability import schedules as disability_schedules
        from anmin.lines.eldercare.allowance import schedules as allowance_schedules

        schedules.register(disability_schedules.SCHEDULES)
        schedules.register(allowance_schedules.SCHEDULES)
        schedules.register(children_schedules.SCHEDULES)

        # Whose death ends or changes what is held, and where it must be settled.
        from anmin.ground.entitlements.death_schedules import lay_for
        from anmin.ground.people.deaths import when_told

        when_told(lay_for)

        # Money that goes elsewhere than before waits for a second person.
        from anmin.ground.entitlements.payees import when_payees_change
        from anmin.ground.payments.unconfirmed import note_accounts, note_payee
        from anmin.ground.people.persons import when_accounts_are_replaced

        when_accounts_are_replaced(note_accounts)
        when_payees_change(note_payee)

        from anmin.ground.entitlements.benefits import BENEFITS
        from anmin.lines.assistance.dibao.benefit import DIBAO

        BENEFITS.register(DIBAO)

        from anmin.lines.assistance.hardship.benefit import HARDSHIP
        from anmin.lines.assistance.margin.benefit import MARGIN
        from anmin.lines.assistance.tekun.benefit import TEKUN
        from anmin.lines.assistance.tekun.funeral import FUNERAL_COST

        BENEFITS.register(FUNERAL_COST)
        for layer in (TEKUN, MARGIN, HARDSHIP):
            BENEFITS.register(layer)

        from anmin.lines.assistance.campaigns.benefit import BENEFITS as CAMPAIGN_BENEFITS

        for benefit in CAMPAIGN_BENEFITS:
            BENEFITS.register(benefit)

        from anmin.lines.assistance.temporary.benefit import TEMPORARY

        BENEFITS.register(TEMPORARY)

        from anmin.ground.entitlements.what_if import what_if
        from anmin.ground.verification import declarations as verification
        from anmin.lines.assistance.dibao import rolls as dibao_rolls
        from anmin.lines.assistance.hardship import rolls as hardship_rolls
        from anmin.lines.assistance.margin import rolls as margin_rolls
        from anmin.lines.assistance.tekun import rolls as tekun_rolls

        verification.install(what_if)
        verification.register(dibao_rolls.ROLLS)
        for rolls in (tekun_rolls, margin_rolls, hardship_rolls):
            verification.register(rolls.ROLLS)

        # Many may be decided at once, by lists.
        from anmin.ground.entitlements.group_lists import lists_of
        from anmin.lines.children.stipend.benefit import STIPEND
        from anmin.lines.disability.living.benefit import LIVING
        from anmin.lines.disability.nursing.benefit import NURSING
        from anmin.lines.eldercare.allowance.benefit import ALLOWANCE

        for benefit, sender in (
            (TEKUN, "社会救助科"),
            (MARGIN, "社会救助科"),
            (HARDSHIP, "社会救助科"),
            (STIPEND, "儿童福利科"),
            (LIVING, "残疾人福利科"),
            (NURSING, "残疾人福利科"),
            (ALLOWANCE, "养老服务科"),
        ):
            BENEFITS.register(benefit)
            forms.register(lists_of(DECIDED[benefit.address], benefit, sender=sender))
