"""Everything the log can say has a Chinese name."""

import importlib
import pkgutil

from django.apps import apps

import anmin.ground
import anmin.lines
from anmin.ground.accounts.gate import ACTIONS
from anmin.ground.audit.vocabulary import AREAS_OF_WORK, SUBJECTS, VERBS, subject_label, verb_label

_SIGNING = {"staff.signed_in", "staff.signed_out", "staff.sign_in_failed"}
_REFUSED = {"verification.refused"}
"""Refusals that have a line of their own."""


def _verbs_of_the_house() -> set[str]:
    for package in (anmin.ground, anmin.lines):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "actions" in found.name.split("."):
                importlib.import_module(found.name)
    return {verb for verb, function in ACTIONS.items() if function.__module__.startswith("anmin.")}


def test_every_verb_has_a_name_and_every_name_a_verb() -> None:
    assert sorted(_verbs_of_the_house() | _SIGNING | _REFUSED) == sorted(VERBS)


def test_every_verb_belongs_to_an_area_of_work() -> None:
    assert sorted({verb.split(".")[0] for verb in VERBS}) == sorted(AREAS_OF_WORK)


def test_every_named_record_is_a_table_of_the_house() -> None:
    assert sorted(set(SUBJECTS) - {model._meta.label_lower for model in apps.get_models()}) == []


def test_verb_without_a_name_is_called_by_its_work() -> None:
    assert (verb_label("roll.something"), verb_label("nothing.known")) == ("发放名册", "其他")
    assert subject_label("no.table") == "其他记录"
