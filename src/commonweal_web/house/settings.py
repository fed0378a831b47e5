"""Django's settings. What an operator may set is read in `environment` and listed in the docs."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from commonweal_web.house import environment, file_storage, mail_settings
from commonweal_web.house.rooms import room_names

# Whatever this process makes, folders, the database and its logs, is for its owner alone.
os.umask(0o077)
environment.refuse_keys_inside_data()

PACKAGE = Path(__file__).resolve().parents[1]
DATA = environment.data_folder()
KEYS = environment.keys_folder()

DEBUG = environment.flag("COMMONWEAL_DEBUG")
SECRET_KEY = environment.secret_key()
ALLOWED_HOSTS = environment.words("COMMONWEAL_HOSTS", default="127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = environment.words("COMMONWEAL_ORIGINS")
BEHIND_HTTPS = environment.flag("COMMONWEAL_HTTPS")
PUBLIC_ADDRESS = os.environ.get("COMMONWEAL_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
IS_DEMO = environment.flag("COMMONWEAL_DEMO")
METRICS_TOKEN = os.environ.get("COMMONWEAL_METRICS_TOKEN", "").strip()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    *[f"commonweal_web.{name}" for name in room_names()],
]
MIDDLEWARE = [
    "commonweal_web.house.metrics.MeasuringMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "commonweal_web.house.middleware.LanguageChoiceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commonweal_web.people.sitting.SittingMiddleware",
    "commonweal_web.house.middleware.ActorMiddleware",
    "commonweal_web.house.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "commonweal_web.house.urls"
WSGI_APPLICATION = "commonweal_web.house.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "commonweal_web.house.context.house",
            ],
        },
    }
]
DATABASES = {"default": environment.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["commonweal_web.people.sign_in.AccountBackend"]
PASSWORD_HASHERS = [
    "commonweal_web.people.hashing.DemoPasswordHasher"
    if IS_DEMO
    else "django.contrib.auth.hashers.Argon2PasswordHasher"
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "commonweal_web.people.sign_in.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "commonweal_web.people.sign_in.OutsideAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("COMMONWEAL_PROXIES")
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "commonweal_web.people.sign_in.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not BEHIND_HTTPS
SOCIALACCOUNT_PROVIDERS = environment.identity_providers()

SESSION_ENGINE = "commonweal_web.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_SSL_REDIRECT = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "commonweal_web.house.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 4

MAIL_SERVER = mail_settings.mail_server()
MAIL_IS_SET = bool(MAIL_SERVER.host)
MAIL_HOUR = mail_settings.mail_hour()
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_IS_SET else 'dummy'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL_SERVER.host, MAIL_SERVER.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL_SERVER.user, MAIL_SERVER.password
EMAIL_USE_TLS, EMAIL_USE_SSL, EMAIL_TIMEOUT = MAIL_SERVER.starts_tls, MAIL_SERVER.is_tls, 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_SERVER.sender

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("de", _("German"))]
# The sentences of the domain and of the house; those of each room are found as the room's own.
LOCALE_PATHS = [PACKAGE.parent / "commonweal" / "locale", PACKAGE / "house" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STORAGES = file_storage.storages()
EVIDENCE_FILE_MB = environment.number("COMMONWEAL_EVIDENCE_FILE_MB", default=25)
EVIDENCE_TOTAL_MB = environment.number("COMMONWEAL_EVIDENCE_TOTAL_MB", default=20_000)
EVIDENCE_KEPT_DAYS = environment.number("COMMONWEAL_EVIDENCE_KEPT_DAYS", default=365)
STATIC_URL = "/static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"allowed": {"()": "commonweal_web.house.logs.chosen_format"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "allowed"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django brings handlers of its own, which write addresses and whole requests.
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
