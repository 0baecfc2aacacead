"""Making new tables in migrations, without modelling all that stands already once more for each of them."""

from django.db import migrations
from django.db.migrations.state import ProjectState


class NewTable(migrations.CreateModel):
    """Like Django's own, which models every table anew that the new one is related to, however distantly.

    It need not: a foreign key finds its target as it stands. Half of what it took to make a database went there, and every
    test run, demonstration and installation waited for it.
    """

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without them Django adds what the model is to be, and models nothing.
        models = vars(state).pop("apps", None)
        super().state_forwards(app_label, state)
        if models is not None:
            models.render_multiple([state.models[app_label, self.name_lower]])
            vars(state)["apps"] = models
