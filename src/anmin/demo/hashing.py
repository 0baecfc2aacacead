"""The password hash of demonstration accounts."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DemoHasher(PBKDF2PasswordHasher):
    """Few rounds, because the password is printed on the screen anyway; ordinary settings read it and replace it at sign-in."""

    iterations = 1_000
