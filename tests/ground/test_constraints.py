"""What the database itself refuses, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import isolate_apps

from anmin.ground.constraints import NoOverlap, Unchanging

# SQLite rebuilds tables outside transactions only; PostgreSQL undoes all of it, which is a good deal quicker.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "sqlite")

JANUARY, JUNE, JULY, DECEMBER = date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31)


def define(*constraints: models.BaseConstraint) -> Any:
    """A table of its own with the constraints under trial; it belongs to no app."""
    with isolate_apps("anmin.ground.areas"):

        class Trial(models.Model):
            who = models.CharField(max_length=10, null=True)
            valid_from = models.DateField(null=True)
            valid_until = models.DateField(null=True)
            superseded_at = models.DateTimeField(null=True)
            state = models.CharField(max_length=10, default="")

            class Meta:
                app_label = "areas"
                db_table = "trial"

        Trial._meta.constraints = list(constraints)
        return Trial


@pytest.fixture
def table() -> Iterator[Any]:
    """Makes the table with the constraints it is given, and takes it away."""
    made: list[Any] = []

    def make(*constraints: models.BaseConstraint) -> Any:
        model = define(*constraints)
        with connection.schema_editor() as editor:
            editor.create_model(model)
        made.append(model)
        return model

    yield make
    for model in made:
        with connection.schema_editor() as editor:
            editor.delete_model(model)


ONCE = NoOverlap(name="trial_once", columns=["who"])
CURRENT_ONCE = NoOverlap(name="trial_current_once", columns=["who"], condition="{row}superseded_at IS NULL")
NEVER = Unchanging(name="trial_never_changes")
NEVER_BUT = Unchanging(name="trial_never_but", but=["superseded_at"])
NEVER_WHILE = Unchanging(name="trial_never_while", while_="{row}state = 'approved'")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(JUNE, DECEMBER), (JUNE, None), (date(2023, 1, 1), JANUARY), (date(2024, 2, 1), date(2024, 3, 1)), (JANUARY, None)],
    ids=["last day", "last day, open", "first day", "inside", "around"],
)
def test_no_overlap_refuses_a_shared_day_and_names_itself(table: Any, begins: date, ends: date | None) -> None:
    trial = table(ONCE)
    trial.objects.create(who="a", valid_from=JANUARY, valid_until=JUNE)
    with pytest.raises(IntegrityError, match="trial_once"), transaction.atomic():
        trial.objects.create(who="a", valid_from=begins, valid_until=ends)


def test_no_overlap_refuses_a_period_after_an_open_one(table: Any) -> None:
    trial = table(ONCE)
    trial.objects.create(who="a", valid_from=JANUARY)
    with pytest.raises(IntegrityError, match="trial_once"), transaction.atomic():
        trial.objects.create(who="a", valid_from=date(2030, 1, 1))


def test_no_overlap_lets_periods_follow_each_other(table: Any) -> None:
    trial = table(ONCE)
    trial.objects.create(who="a", valid_from=JANUARY, valid_until=JUNE)
    trial.objects.create(who="a", valid_from=JULY)
    assert trial.objects.count() == 2


def test_no_overlap_lets_others_have_the_same_period(table: Any) -> None:
    trial = table(ONCE)
    trial.objects.create(who="a", valid_from=JANUARY)
    trial.objects.create(who="b", valid_from=JANUARY)
    trial.objects.create(who=None, valid_from=JANUARY)
    trial.objects.create(who=None, valid_from=JANUARY)
    assert trial.objects.count() == 4


def test_no_overlap_refuses_a_change_into_an_overlap(table: Any) -> None:
    trial = table(ONCE)
    trial.objects.create(who="a", valid_from=JANUARY, valid_until=JUNE)
    later = trial.objects.create(who="a", valid_from=JULY)
    later.valid_from = JUNE
    with pytest.raises(IntegrityError, match="trial_once"), transaction.atomic():
        later.save()


def test_no_overlap_lets_a_row_be_saved_again(table: Any) -> None:
    row = table(ONCE).objects.create(who="a", valid_from=JANUARY)
    row.valid_until = JUNE
    row.save()
    row.refresh_from_db()
    assert row.valid_until == JUNE


def test_no_overlap_refuses_twins_in_one_bulk_insert(table: Any) -> None:
    trial = table(ONCE)
    with pytest.raises(IntegrityError, match="trial_once"), transaction.atomic():
        trial.objects.bulk_create([trial(who="a", valid_from=JANUARY), trial(who="a", valid_from=JULY)])
    assert trial.objects.count() == 0


def test_no_overlap_looks_only_at_rows_that_meet_its_condition(table: Any, business_day: date) -> None:
    from anmin.base import clock

    trial = table(CURRENT_ONCE)
    first = trial.objects.create(who="a", valid_from=JANUARY)
    with pytest.raises(IntegrityError, match="trial_current_once"), transaction.atomic():
        trial.objects.create(who="a", valid_from=JANUARY)
    first.superseded_at = clock.instant(business_day)
    first.save()
    trial.objects.create(who="a", valid_from=JANUARY)
    assert trial.objects.count() == 2


@pytest.mark.parametrize("change", ["state", "who", "superseded_at"])
def test_unchanging_refuses_every_change(table: Any, change: str) -> None:
    trial = table(NEVER)
    trial.objects.create(who="a")
    value = "2024-07-01T00:00:00Z" if change == "superseded_at" else "b"
    with pytest.raises(IntegrityError, match="trial_never_changes"), transaction.atomic():
        trial.objects.update(**{change: value})


def test_unchanging_refuses_deletion(table: Any) -> None:
    trial = table(NEVER)
    row = trial.objects.create(who="a")
    with pytest.raises(IntegrityError, match="trial_never_changes"), transaction.atomic():
        row.delete()
    assert trial.objects.count() == 1


def test_unchanging_lets_the_named_column_change_and_no_other(table: Any) -> None:
    trial = table(NEVER_BUT)
    trial.objects.create(who="a")
    trial.objects.update(superseded_at="2024-07-01T00:00:00Z")
    with pytest.raises(IntegrityError, match="trial_never_but"), transaction.atomic():
        trial.objects.update(who="b")
    with pytest.raises(IntegrityError, match="trial_never_but"), transaction.atomic():
        trial.objects.all().delete()


def test_unchanging_holds_from_the_moment_its_condition_is_met(table: Any) -> None:
    trial = table(NEVER_WHILE)
    row = trial.objects.create(who="a", state="draft")
    row.who = "b"
    row.save()
    row.state = "approved"
    row.save()
    row.who = "c"
    with pytest.raises(IntegrityError, match="trial_never_while"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="trial_never_while"), transaction.atomic():
        row.delete()
    row.refresh_from_db()
    assert row.who == "b"


def test_unchanging_lets_what_is_not_yet_fixed_be_deleted(table: Any) -> None:
    trial = table(NEVER_WHILE)
    trial.objects.create(who="a", state="draft").delete()
    assert trial.objects.count() == 0


def test_both_outlive_a_changed_column(table: Any) -> None:
    """SQLite makes a new table for it and drops the old one, triggers and all."""
    trial = table(ONCE, NEVER_BUT)
    with connection.schema_editor() as editor:
        editor.alter_field(trial, trial._meta.get_field("state"), _longer(trial))
    trial.objects.create(who="a", valid_from=JANUARY)
    with pytest.raises(IntegrityError, match="trial_once"), transaction.atomic():
        trial.objects.create(who="a", valid_from=JANUARY)
    with pytest.raises(IntegrityError, match="trial_never_but"), transaction.atomic():
        trial.objects.update(who="b")


def _longer(trial: Any) -> Any:
    field: Any = models.CharField(max_length=20, default="")
    field.set_attributes_from_name("state")
    field.model = trial
    return field


def test_a_removed_constraint_refuses_nothing(table: Any) -> None:
    table(ONCE, NEVER)
    trial = define()
    with connection.schema_editor() as editor:
        for constraint in (ONCE, NEVER):
            # As a migration does it: the model is the one of afterwards.
            editor.remove_constraint(trial, constraint)
    row = trial.objects.create(who="a", valid_from=JANUARY)
    trial.objects.create(who="a", valid_from=JANUARY)
    row.delete()
    assert trial.objects.count() == 1


def test_a_constraint_added_later_holds(table: Any) -> None:
    table()
    for after, added in ((define(ONCE), ONCE), (define(ONCE, NEVER), NEVER)):
        with connection.schema_editor() as editor:
            editor.add_constraint(after, added)
    trial = define(ONCE, NEVER)
    trial.objects.create(who="a", valid_from=JANUARY)
    with pytest.raises(IntegrityError, match="trial_once"), transaction.atomic():
        trial.objects.create(who="a", valid_from=JANUARY)
    with pytest.raises(IntegrityError, match="trial_never_changes"), transaction.atomic():
        trial.objects.update(who="b")


def test_a_period_that_ends_before_it_begins_needs_a_check_of_its_own(table: Any) -> None:
    """PostgreSQL knows no such range and SQLite does not care, so each table with a period says it itself."""
    trial = table(ONCE, models.CheckConstraint(condition=models.Q(valid_until__gte=models.F("valid_from")), name="trial_order"))
    with pytest.raises(DatabaseError), transaction.atomic():
        trial.objects.create(who="a", valid_from=JUNE, valid_until=JANUARY)


def test_a_constraint_equals_one_that_says_the_same() -> None:
    assert NoOverlap(name="trial_once", columns=["who"]) == ONCE
    assert NoOverlap(name="trial_once", columns=["who"], condition="{row}state = ''") != ONCE


def test_a_condition_may_look_into_another_table_that_changes_later(table: Any) -> None:
    """SQLite refuses to rename a rebuilt table while another's trigger speaks of it: the constraint steps aside meanwhile."""
    parent = table()
    frozen = Unchanging(name="trial_leaf_frozen", while_="(SELECT t.state FROM trial t WHERE t.id = {row}parent_id) = 'approved'")
    free, bound = _leaf(), _leaf(frozen)
    with connection.schema_editor() as editor:
        editor.create_model(bound)
    try:
        for step in (
            lambda editor: editor.remove_constraint(free, frozen),
            lambda editor: editor.alter_field(parent, parent._meta.get_field("state"), _longer(parent)),
            lambda editor: editor.add_constraint(bound, frozen),
        ):
            with connection.schema_editor() as editor:
                step(editor)
        row = parent.objects.create(state="approved")
        bound.objects.create(parent_id=row.pk)
        with pytest.raises(IntegrityError, match="trial_leaf_frozen"), transaction.atomic():
            bound.objects.all().delete()
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(bound)


def _leaf(*constraints: models.BaseConstraint) -> Any:
    with isolate_apps("anmin.ground.areas"):

        class Leaf(models.Model):
            parent_id = models.BigIntegerField()

            class Meta:
                app_label = "areas"
                db_table = "trial_leaf"

        Leaf._meta.constraints = list(constraints)
        return Leaf
