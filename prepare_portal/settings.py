"""Django's settings, one file for every place it runs; what differs comes from the environment.

Without SITE_URL the server is for this machine only: http on loopback. With it, the site is in
production: HTTPS, HSTS, and cookies that only travel encrypted.
"""

from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from prepare_portal import environment
from prepare_portal.mail_server import mail_server

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = environment.data_dir(BASE_DIR)
ARCHIVE_DIR = DATA_DIR / "archive"  # what is made from the content, and made again when it is not there

SITE_URL = environment.site_url()
IN_PRODUCTION = bool(SITE_URL)
DEBUG = environment.switch("DEBUG")
if DEBUG and IN_PRODUCTION:
    environment.stop("DEBUG is on and SITE_URL is set. Debug pages show the code to visitors; unset one of the two.")

# Visitors see no translation that nobody has checked, but the English text instead.
HIDE_UNCHECKED_TRANSLATIONS = environment.switch("HIDE_UNCHECKED_TRANSLATIONS")

CONTACT_EMAIL = environment.contact_email(required=IN_PRODUCTION)

# Database ----------------------------------------------------------------

DATABASES = {"default": environment.database(DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SECRET_KEY = environment.secret_key(
    DATA_DIR, shared=IN_PRODUCTION and DATABASES["default"]["ENGINE"].endswith("postgresql")
)

# Applications --------------------------------------------------------------

INSTALLED_APPS = [
    "pilots",
    "parler",
    "django_filters",
    "django_countries",
    "import_export",
    "prepare_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

PAGE_CACHE = environment.switch("PAGE_CACHE", "off" if DEBUG else "on")

MIDDLEWARE = [
    "prepare_portal.languages.language_of_address",  # what an address leads to depends on its language
    "prepare_portal.mangled_addresses.clean_addresses",  # all others see the address as it was meant
    *(["prepare_portal.page_cache.PageCache"] if PAGE_CACHE else []),  # before what makes pages: most are ready
    "prepare_portal.security_headers.security_headers",  # first, so that no answer leaves without them
    "prepare_portal.languages.content_language",
    "prepare_portal.middleware.canonical_host",
    "prepare_portal.cross_origin.cross_origin",
    "prepare_portal.signposting.signposting",
    "prepare_portal.middleware.allowed_methods",
    "prepare_portal.request_bodies.body_limits",
    "prepare_portal.compression.Compression",
    "prepare_portal.database_errors.DatabaseErrorMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "prepare_portal.middleware.refuse_nul",
    "prepare_portal.mangled_addresses.Redirects",
    "prepare_portal.expired_sessions.InterruptedSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "prepare_portal.expired_sessions.ExpiredSessionMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "prepare_portal.urls"
WSGI_APPLICATION = "prepare_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "prepare_portal.context.site",
            ],
        },
    }
]

FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# The API: read only, for anybody, the same for everybody -------------------

# No app of Django's: REST framework would bring pages and static files of its own.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "pilots.api.negotiation.AlwaysJson",
    "DEFAULT_SCHEMA_CLASS": "pilots.api.schema.Schema",
    "EXCEPTION_HANDLER": "pilots.api.problems.answer_to",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "PREPARE portal",
    "DESCRIPTION": "Everything public on the portal, read only. Texts are plain text.",
    "VERSION": "1.0.0",
    "CONTACT": {"email": CONTACT_EMAIL},
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": [],
}

# Hosts, transport, cookies -------------------------------------------------

HOST = environment.text("HOST", "127.0.0.1")
PORT = environment.whole_number("PORT", 8000, at_least=1, at_most=65535)
LOCAL_HOSTS = sorted({"127.0.0.1", "localhost", "[::1]", HOST} - {"0.0.0.0", "::"})  # noqa: S104 (taken out, not bound)
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or ""] if IN_PRODUCTION else LOCAL_HOSTS

# What these say of a visitor's address counts.
PROXIES = [ip_network(address.strip()) for address in environment.proxies().split(",")]

APPEND_SLASH = False  # `redirects` does that too, and looks first whether something is there
# Links begin at the root of the host, whatever the server read in a request.
FORCE_SCRIPT_NAME = ""

SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]  # asked by probes beside the server, without TLS
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 60 * 60 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

COOKIE_PREFIX = "__Host-" if IN_PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "pilots.accounts.session_store"  # ends sessions after half an hour without use
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
CSRF_COOKIE_SECURE = IN_PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = SESSION_COOKIE_AGE
CSRF_FAILURE_VIEW = "prepare_portal.expired_sessions.csrf_refused"
# The form of an entry with a hundred parts of each kind, as an import may bring them, has about 3,300 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# Messages travel in the session: no cookie more for editors, and none for visitors.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# For Prometheus: another port of this machine, the site itself with a token, or nothing ------

METRICS_PORT = environment.metrics_port(PORT)
METRICS_TOKEN = environment.metrics_token()

# Accounts ------------------------------------------------------------------

# Who needs a second factor to log in: "reviewers" (and whoever else can publish or give rights), "all", "none".
SECOND_FACTOR = environment.one_of(
    "SECOND_FACTOR", ("reviewers", "all", "none"), "reviewers" if IN_PRODUCTION else "none"
)
# Tells in which browsers an account has logged in before; read by the page to log in alone.
BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}browser"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "pilots.password_validation.BreachedPasswordValidator"},
    {"NAME": "pilots.password_validation.GuessablePasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# How long a link to set a password works.
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60

# E-mails -------------------------------------------------------------------

MAIL_SERVER = mail_server()
EMAIL_BACKEND = MAIL_SERVER.backend
EMAIL_HOST = MAIL_SERVER.host
EMAIL_PORT = MAIL_SERVER.port
EMAIL_HOST_USER = MAIL_SERVER.user
EMAIL_HOST_PASSWORD = MAIL_SERVER.password
EMAIL_USE_TLS = MAIL_SERVER.use_tls
EMAIL_USE_SSL = MAIL_SERVER.use_ssl
EMAIL_TIMEOUT = 10  # seconds; a server that says nothing holds nobody up for longer
DEFAULT_FROM_EMAIL = environment.email_address("EMAIL_FROM", CONTACT_EMAIL)

# Languages -----------------------------------------------------------------

LANGUAGE_CODE = "en"
# The languages of the interface and of entries.
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("nl", _("Dutch")),
    ("sv", _("Swedish")),
]
FORMAT_MODULE_PATH = "prepare_portal.formats"
LOCALE_PATHS = [BASE_DIR / "prepare_portal" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

PARLER_LANGUAGES = {
    None: tuple({"code": code} for code, _name in LANGUAGES),
    "default": {"fallbacks": ["en"], "hide_untranslated": False},
}
# Each server process would keep its own copy and go on showing old texts after an edit elsewhere.
PARLER_ENABLE_CACHING = False

# Static files --------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "prepare_portal.static_files.BundlingStorage"
    },
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = DATA_DIR / "media"

# Logs: one JSON object a line, without addresses of visitors. Warnings and worse; security events on stdout -------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "prepare_portal.logs.JsonFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "stdout": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # Scanners make thousands of these; the answer to each is an error page, not a log line.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "pilots.security": {"handlers": ["stdout"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
