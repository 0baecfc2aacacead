"""What is known of a child is set, with its date: its category, what else it gets. What was known before stays readable."""

from datetime import date

from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.people.facts import Value, check_fact, fact_words, new_fact
from anmin.ground.people.models import Fact, Person
from anmin.ground.people.timeline import Spell, correct
from anmin.ground.people.writing import Writing, pieces, spell_of_fact, told_in_chinese
from anmin.lines.children.stipend.permissions import may_set_category

CATEGORY, OTHER_BENEFITS = "child.category", "child.other_benefits"


@action("child.category_set", permission=may_set_category)
def set_category(*, person: Person, category: str, valid_from: date, source: str, actor: Actor, on: date) -> Fact:
    """From that day on the child belongs to the category, whatever was recorded for later days.

    Basis: 江苏省八部门《关于落实困境儿童分类保障制度有关问题的补充意见》(2018).
    Refuses an unknown category, a time after death, a blank source.
    """
    declared, kept = check_fact(person, CATEGORY, category, valid_from, None, source)
    remark(f"{person.name} 自 {valid_from} 起认定为{fact_words(declared, kept)}", source=source)
    return _known_from(person, CATEGORY, kept, valid_from, source, on)


@action("child.other_benefits_set", permission=may_set_category)
def set_other_benefits(*, person: Person, amount: int, valid_from: date, source: str, actor: Actor, on: date) -> Fact:
    """From that day on the child counts as getting so much a month, in fen, from dibao and as a disabled person.

    Basis: what a child already gets is deducted from the stipend (补差).
    Refuses a negative amount, a time after death, a blank source.
    """
    declared, kept = check_fact(person, OTHER_BENEFITS, amount, valid_from, None, source)
    remark(f"{person.name} 自 {valid_from} 起每月已享受其他待遇 {fact_words(declared, kept)}", source=source)
    return _known_from(person, OTHER_BENEFITS, kept, valid_from, source, on)


def _known_from(person: Person, kind: str, value: Value, since: date, source: str, on: date) -> Fact:
    current = list(Fact.objects.filter(person=person, kind=kind, superseded_at__isnull=True).order_by("valid_from"))
    change = correct([spell_of_fact(row) for row in current], Spell(since, None, value))
    if change.is_nothing:
        return next(row for row in current if row.valid_from <= since)
    gone = {spell.id for spell in change.supersede}
    superseded = [row for row in current if row.pk in gone]
    fresh = [new_fact(person.pk, kind, spell, source) for spell in change.write if spell.id is None]
    with told_in_chinese():
        Writing(Fact, superseded, [*(piece for row in superseded for piece in pieces(row, change)), *fresh]).carry_out(on)
    return fresh[0]
