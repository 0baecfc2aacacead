import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("registry", "0001_machines_and_their_messages")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_tables"),
        ("people", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="RegistryClient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("client_id", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("contact", models.CharField(blank=True, max_length=100)),
                ("secret_hash", models.CharField(max_length=64)),
                ("secret_made_at", models.DateTimeField()),
                ("registers", models.JSONField()),
                ("basis", models.CharField(max_length=200)),
                ("purpose", models.CharField(max_length=100)),
                ("purpose_code", models.CharField(max_length=60)),
                ("needs_consent", models.BooleanField(default=True)),
                ("identity_numbers", models.BooleanField(default=False)),
                ("callback_uri", models.CharField(blank=True, max_length=200)),
                ("verification_key", models.TextField(blank=True)),
                ("placeholder", models.CharField(blank=True, max_length=60)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("revoked_on", models.DateField(null=True)),
                ("revoked_because", models.CharField(blank=True, max_length=200)),
                (
                    "registered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("registered_on", models.DateField()),
                ("areas", models.ManyToManyField(related_name="+", to="areas.area")),
            ],
            options={
                "ordering": ["client_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="client_ends_after_start"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verification_key", ""), ("placeholder", ""), _connector="OR"),
                        name="client_signs_or_is_on_trial",
                    ),
                ],
            },
        ),
        NewTable(
            name="Exchange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exchanges", to="registry.registryclient"
                    ),
                ),
                (
                    "register",
                    models.CharField(
                        choices=[("social", "社会救助登记（人员、家庭）"), ("ibr", "待遇享受登记"), ("dr", "残疾人登记")],
                        max_length=8,
                    ),
                ),
                ("action", models.CharField(max_length=40)),
                ("message_id", models.CharField(max_length=99)),
                ("transaction_id", models.CharField(max_length=99)),
                ("correlation_id", models.CharField(max_length=36, unique=True)),
                ("received_at", models.DateTimeField()),
                ("items", models.JSONField(default=list)),
                ("shown", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["client", "received_at"], name="exchange_of_client"),
                    models.Index(fields=["client", "transaction_id"], name="exchange_of_transaction"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("client", "message_id"), name="message_is_taken_once"),
                    anmin.ground.constraints.Unchanging(but=[], name="exchange_never_changes", while_=""),
                ],
            },
        ),
        NewTable(
            name="Callback",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="callbacks", to="registry.registryclient"
                    ),
                ),
                ("uri", models.CharField(max_length=300)),
                ("action", models.CharField(max_length=40)),
                ("correlation_id", models.CharField(max_length=36)),
                ("body_cipher", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "待送达"), ("delivered", "已送达"), ("given_up", "未能送达")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("next_try_at", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["state", "next_try_at"], name="callback_due")],
            },
        ),
        NewTable(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="subscriptions", to="registry.registryclient"
                    ),
                ),
                ("code", models.CharField(max_length=36, unique=True)),
                (
                    "event",
                    models.CharField(choices=[("REGISTER", "进入登记"), ("NewHouseHoldMember", "家庭增加成员")], max_length=20),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "household",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.household"
                    ),
                ),
                ("callback_uri", models.CharField(max_length=200)),
                ("told_until", models.DateTimeField()),
                ("subscribed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person__isnull", True), ("household__isnull", True), _connector="XOR"),
                        name="subscription_is_about_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("client", "event", "person"),
                        name="person_subscribed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("client", "event", "household"),
                        name="household_subscribed_once",
                    ),
                ],
            },
        ),
    ]
