import anmin.ground.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from anmin.ground.new_tables import NewTable


class Migration(migrations.Migration):
    replaces = [("accounts", "0001_initial")]

    initial = True

    dependencies = [
        ("areas", "0001_tables"),
    ]

    operations = [
        NewTable(
            name="Staff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=60)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change_password", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["username"],
            },
        ),
        NewTable(
            name="RoleAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "staff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("town_clerk", "镇（街道）经办人"),
                            ("section_reviewer", "科室审核人"),
                            ("decision_maker", "审核确认人"),
                            ("cashier", "发放经办人"),
                            ("leader", "局领导"),
                            ("auditor", "审计监督"),
                            ("administrator", "系统管理员"),
                        ],
                        max_length=20,
                    ),
                ),
                ("area", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="areas.area")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    anmin.ground.constraints.NoOverlap(
                        columns=["staff_id", "role", "area_id"], condition="", name="role_assignment_no_overlap"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="role_assignment_ends_after_it_begins",
                    ),
                ],
            },
        ),
    ]
