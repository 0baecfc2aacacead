"""A new table in a migration is the one Django would have made, and joins those that stand."""

from django.db import migrations, models
from django.db.migrations.state import ProjectState

from anmin.ground.new_tables import NewTable

KEY = ("id", models.BigAutoField(primary_key=True))


def _state(kind: type[migrations.CreateModel]) -> ProjectState:
    """A town stands; then comes a village that lies in it, and beside others."""
    state = ProjectState()
    kind("Town", [KEY, ("name", models.CharField(max_length=9))]).state_forwards("areas", state)
    state.apps.get_model("areas.Town")
    town = models.ForeignKey("areas.Town", models.PROTECT, related_name="villages")
    kind("Village", [KEY, ("town", town), ("beside", models.ManyToManyField("self"))]).state_forwards("areas", state)
    return state


def _told(state: ProjectState) -> dict[str, list[tuple[str, str, bool]]]:
    """Of each model its fields, what they lead to, and whether that is the very model that stands."""
    told: dict[str, list[tuple[str, str, bool]]] = {}
    for model in state.apps.get_models(include_auto_created=True):
        fields = told.setdefault(model._meta.label, [])
        for field in model._meta.get_fields(include_hidden=True):
            other = field.related_model
            leads = isinstance(other, type)
            is_same = leads and other is state.apps.get_model(other._meta.label)
            fields.append((field.name, other._meta.label if leads else "", is_same))
        fields.sort()
    return told


def test_what_stands_and_what_is_new_know_each_other_as_with_django() -> None:
    ours = _told(_state(NewTable))
    assert ours == _told(_state(migrations.CreateModel))
    assert ("villages", "areas.Village", True) in ours["areas.Town"]


def test_what_stands_is_not_modelled_anew() -> None:
    state = _state(NewTable)
    town = state.apps.get_model("areas.Town")
    NewTable("Street", [KEY, ("town", models.ForeignKey("areas.Town", models.CASCADE))]).state_forwards("areas", state)
    assert state.apps.get_model("areas.Town") is town
    assert state.apps.get_model("areas.Street")._meta.get_field("town").related_model is town
    assert list(state.models) == [("areas", "town"), ("areas", "village"), ("areas", "street")]
