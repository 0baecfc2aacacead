"""Actions are permission-checked and audited; queries know who asks."""

import ast
from importlib import import_module

import pytest

from anmin.ground.accounts.gate import ACTIONS
from anmin.ground.audit.vocabulary import AREAS_OF_WORK, VERBS
from tests.house.source import corners, module, nothing_in, parameters, parsed, public_functions, said

HELD = "reads along from a record that was found within the asker's scope"
PUBLIC = {"ground.policy.queries"}
"""Modules whose queries never ask: the law and its figures are public, and name nobody."""
DECLARED = "answers from what the rooms declare, without a record"

WITHOUT_AN_ACTOR = {
    "ground.accounts.queries.actor_of": "makes the actor",
    "ground.accounts.queries.actor_named": "makes the actor",
    "ground.areas.queries.in_force": "a filter, no rows",
    "ground.areas.queries.by_code": "names of towns are public",
    "ground.areas.queries.town_of": HELD,
    "ground.areas.queries.survivor": HELD,
    "ground.areas.queries.spell_on": HELD,
    "ground.areas.queries.name_on": HELD,
    "ground.audit.queries.breaks": "says where the log is broken, not what it says",
    "ground.audit.queries.length": "says how long the log is, not what it says",
    "ground.audit.queries.holds_seal": "says whether a seal is there, not what it seals",
    "ground.audit.queries.last_seal": "a seal tells nothing about its lines",
    "ground.imports.queries.form": DECLARED,
    "ground.indicators.queries.ids": DECLARED,
    "ground.indicators.queries.listed": DECLARED,
    "ground.indicators.queries.months_back": DECLARED,
    "ground.people.queries.fact_groups": HELD,
    "ground.reports.queries.as_format": DECLARED,
    "ground.reports.queries.changes_since": HELD,
    "ground.reports.queries.file_of": HELD,
    "ground.reports.queries.issued_file": HELD,
    "ground.reports.queries.seal_of": HELD,
    "ground.verification.queries.reports.proves_file": "says of a file whether we issued it so, not what it says",
    "ground.verification.queries.reports.proves": "says of a paper whether it is unchanged, not what it says",
}
"""The only queries that do not ask who asks, each with its reason."""


def not_an_action(tree: ast.Module) -> list[str]:
    """The public functions that are no action, or one without `actor` and `on` as keywords."""
    found = []
    for function in public_functions(tree):
        calls = [each.func for each in function.decorator_list if isinstance(each, ast.Call)]
        if not any(isinstance(call, ast.Name) and call.id == "action" for call in calls):
            found.append(f"{function.name} is no @action")
        elif missing := {"actor", "on"} - {argument.arg for argument in function.args.kwonlyargs}:
            found.append(f"{function.name} takes no {' and no '.join(sorted(missing))}")
        elif function.returns is None or ast.unparse(function.returns) == "None":
            found.append(f"{function.name} returns no record")
    return found


def test_every_verb_that_writes_is_an_action() -> None:
    found = {said(path): not_an_action(parsed(path.read_text())) for path in corners("actions")}
    nothing_in(found)


def test_a_good_action() -> None:
    good = '@action("case.opened", permission=may_open)\ndef open_case(*, actor: Actor, on: date) -> Case: ...\ndef _part(): ...'
    assert not_an_action(parsed(good)) == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ("def open_case(*, actor, on) -> Case: ...", "open_case is no @action"),
        ("@atomic\ndef open_case(*, actor, on) -> Case: ...", "open_case is no @action"),
        ("@action('x', permission=p)\ndef open_case(*, actor) -> Case: ...", "open_case takes no on"),
        ("@action('x', permission=p)\ndef open_case(actor, on) -> Case: ...", "open_case takes no actor and no on"),
        ("@action('x', permission=p)\ndef open_case(*, actor, on) -> None: ...", "open_case returns no record"),
    ],
)
def test_a_bad_action(bad: str, problem: str) -> None:
    assert not_an_action(parsed(bad)) == [problem]


def house_verbs() -> list[str]:
    """The verbs of every action of the house, whether or not another test has imported it yet."""
    for path in corners("actions"):
        import_module(f"anmin.{module(path)}")
    return sorted(verb for verb, function in ACTIONS.items() if function.__module__.startswith("anmin."))


def test_every_verb_is_a_thing_and_what_was_done_to_it() -> None:
    odd = [verb for verb in house_verbs() if not all(part.isidentifier() and part.islower() for part in verb.split("."))]
    assert odd == []
    assert [verb for verb in house_verbs() if "." not in verb] == []


def test_every_verb_has_its_chinese_label_in_the_log() -> None:
    nothing_in(verb for verb in house_verbs() if verb not in VERBS)
    assert sorted({verb.split(".")[0] for verb in VERBS} - set(AREAS_OF_WORK)) == []


def asks_nobody(tree: ast.Module) -> list[str]:
    """The public functions that do not take the actor."""
    return [function.name for function in public_functions(tree) if "actor" not in parameters(function)]


def test_every_query_knows_who_asks() -> None:
    found = {f"{module(path)}.{name}" for path in corners("queries") for name in asks_nobody(parsed(path.read_text()))}
    found = {name for name in found if name.rpartition(".")[0] not in PUBLIC}
    nothing_in(sorted(found - set(WITHOUT_AN_ACTOR)))
    assert sorted(set(WITHOUT_AN_ACTOR) - found) == [], "these no longer need their exception"


def test_a_good_and_a_bad_query() -> None:
    assert asks_nobody(parsed("def people(actor: Actor, text: str = ''): ...\ndef _part(): ...")) == []
    assert asks_nobody(parsed("def person(*, actor: Actor): ...")) == []
    assert asks_nobody(parsed("def everybody(): ...")) == ["everybody"]
