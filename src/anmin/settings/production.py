"""A real bureau: every secret must be given, and only encrypted connections are served."""

from anmin.settings import env
from anmin.settings.base import *  # noqa: F403  settings are layered by star, as Django reads module globals

SECRET_KEY = env.read("ANMIN_SECRET_KEY")
IDENTITY_KEY: bytes = env.read("ANMIN_IDENTITY_KEY")
INDEX_KEY: bytes = env.read("ANMIN_INDEX_KEY")
AUDIT_KEY: bytes = env.read("ANMIN_AUDIT_KEY")

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 30 * 24 * 3600

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
