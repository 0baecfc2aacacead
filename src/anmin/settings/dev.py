"""One machine, no secrets prepared: demonstrations and development. Never for real people."""

from django.core.exceptions import ImproperlyConfigured

from anmin.settings import env
from anmin.settings.base import *  # noqa: F403  settings are layered by star, as Django reads module globals
from anmin.settings.base import ALLOWED_HOSTS, DEMO

SECRET_KEY = env.read("ANMIN_SECRET_KEY", "development-only-development-only-development")
IDENTITY_KEY: bytes = env.read("ANMIN_IDENTITY_KEY", "0" * 32)
INDEX_KEY: bytes = env.read("ANMIN_INDEX_KEY", "1" * 32)
AUDIT_KEY: bytes = env.read("ANMIN_AUDIT_KEY", "2" * 32)
WHITENOISE_USE_FINDERS = True
# Nothing is collected: files are served from where they lie.
STATIC_ROOT = None

_ONE_MACHINE = {"127.0.0.1", "localhost", "[::1]"}
if not DEMO and not set(ALLOWED_HOSTS) <= _ONE_MACHINE:
    raise ImproperlyConfigured(
        "ANMIN_ALLOWED_HOSTS names other machines, but the development settings protect nothing: their keys are known to all. "
        "Set DJANGO_SETTINGS_MODULE=anmin.settings.production."
    )
