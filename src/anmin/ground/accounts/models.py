"""Staff and the roles they hold in an area."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from anmin.ground.accounts.vocabulary import Role
from anmin.ground.constraints import NoOverlap


class StaffAccounts(BaseUserManager["Staff"]):
    """Finds accounts by sign-in name; making them is an action."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        return self.get(username=username)


class Staff(AbstractBaseUser):
    """A member of staff who can sign in."""

    personal_data: ClassVar[str] = "name, telephone number and sign-in name of a member of staff"

    username = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    phone = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[Any] = StaffAccounts()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name


class RoleAssignment(models.Model):
    """A role held in an area during a period; what is not held on a day gives no right on that day."""

    personal_data: ClassVar[str] = "which member of staff holds which role"

    staff = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            NoOverlap(name="role_assignment_no_overlap", columns=["staff_id", "role", "area_id"]),
            models.CheckConstraint(
                name="role_assignment_ends_after_it_begins",
                condition=models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=models.F("valid_from")),
            ),
        ]
