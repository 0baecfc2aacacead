"""The suite: fast hashing, no static scan, a database of its own."""

from anmin.settings.dev import *  # noqa: F403  settings are layered by star, as Django reads module globals
from anmin.settings.dev import MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# WhiteNoise scans the static folders for every test client.
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]
