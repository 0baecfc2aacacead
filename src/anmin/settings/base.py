"""Settings that hold everywhere; `dev`, `test` and `production` choose what may differ."""

from pathlib import Path

from anmin.settings import env

SOURCE = Path(__file__).resolve().parents[1]

DATA_DIR: Path = env.read("ANMIN_DATA_DIR")
COUNTY_DIR: Path = env.read("ANMIN_COUNTY_DIR")
POLICY_DIR: Path = env.read("ANMIN_POLICY_DIR")
DEMO: bool = env.read("ANMIN_DEMO")
# The password of the invented accounts; meaningless unless DEMO, where the sign-in page prints it.
DEMO_PASSWORD = "anmin-demo-2024"  # noqa: S105  it guards invented people only
TODAY = env.read("ANMIN_TODAY")
# The registry interface of the Digital Convergence Initiative: who we are, the key we sign with (None: we do not sign).
DCI_ID: str = env.read("ANMIN_DCI_ID")
DCI_KEY = env.read("ANMIN_DCI_KEY_PATH")
DCI_REQUESTS_PER_MINUTE: int = env.read("ANMIN_DCI_REQUESTS_PER_MINUTE")
DCI_ANSWERS_PER_MINUTE: int = env.read("ANMIN_DCI_ANSWERS_PER_MINUTE")
# Where other offices' registers are asked; None: nowhere.
REGISTRIES_PATH: Path | None = env.read("ANMIN_REGISTRIES_PATH")
DCI_CALLBACKS_PATH = env.read("ANMIN_DCI_CALLBACKS_PATH")
DCI_MOST_RECORDS: int = env.read("ANMIN_DCI_MOST_RECORDS")
UPLOAD_LIMIT_BYTES: int = env.read("ANMIN_UPLOAD_LIMIT_MB") * 1024 * 1024
DELIVERY_LIMIT_BYTES: int = env.read("ANMIN_DELIVERY_LIMIT_MB") * 1024 * 1024

ALLOWED_HOSTS: list[str] = env.read("ANMIN_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS: list[str] = env.read("ANMIN_TRUSTED_ORIGINS")
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tables2",
    "axes",
    "csp",
    "anmin.ground.audit",
    "anmin.ground.accounts",
    "anmin.ground.areas",
    "anmin.ground.documents",
    "anmin.ground.indicators",
    "anmin.ground.imports",
    "anmin.ground.people",
    "anmin.ground.schedules",
    "anmin.ground.verification",
    "anmin.ground.cases",
    "anmin.ground.entitlements",
    "anmin.ground.payments",
    "anmin.ground.registry",
    "anmin.ground.reports",
    "anmin.lines.assistance.campaigns",
    "anmin.lines.assistance.deliberation",
    "anmin.lines.assistance.homechecks",
    "anmin.lines.assistance.supplementary",
    "anmin.lines.assistance.temporary",
    "anmin.web",
    "anmin.assembly.Assembly",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "anmin.web.middleware.SignedInMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "anmin.web.urls"
WSGI_APPLICATION = "anmin.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "anmin.web.context.frame",
            ],
        },
    }
]

DATABASES = {"default": env.read("ANMIN_DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"

# Sign-in locks an account name after five failures, for half an hour (GB/T 22239-2019, identity authentication).
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
# Half an hour from the fifth failure: whoever keeps trying must not keep the owner out for ever.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
# Locking by address as well would shut out a whole town hall behind one router.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src-elem": ["'self'"],
        # ECharts' SVG renderer and its tooltips set style attributes.
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT: Path | None = DATA_DIR / "static"

# Uploads beyond this are spooled to disk by Django; what is too large for an import is refused by its reader.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

DJANGO_TABLES2_TEMPLATE = "components/table.html"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.read("ANMIN_LOG_LEVEL")},
}
