"""Every setting there is, so that a misspelt one is noticed. See docs/reference/settings.md."""

from __future__ import annotations

KNOWN = frozenset(
    {
        "COMMONWEAL_DATA",
        "COMMONWEAL_KEYS",
        "COMMONWEAL_SECRET_KEY",
        "COMMONWEAL_HOSTS",
        "COMMONWEAL_ADDRESS",
        "COMMONWEAL_ORIGINS",
        "COMMONWEAL_HTTPS",
        "COMMONWEAL_PROXIES",
        "COMMONWEAL_OIDC_ISSUER",
        "COMMONWEAL_OIDC_NAME",
        "COMMONWEAL_OIDC_CLIENT_ID",
        "COMMONWEAL_OIDC_SECRET",
        "COMMONWEAL_LOG",
        "COMMONWEAL_MAIL_URL",
        "COMMONWEAL_MAIL_FROM",
        "COMMONWEAL_MAIL_HOUR",
        "COMMONWEAL_METRICS_TOKEN",
        "COMMONWEAL_PASSPHRASE",
        "COMMONWEAL_PASSWORD",
        "COMMONWEAL_DEMO",
        "COMMONWEAL_DEBUG",
        "COMMONWEAL_STORAGE",
        "COMMONWEAL_EVIDENCE_FILE_MB",
        "COMMONWEAL_EVIDENCE_TOTAL_MB",
        "COMMONWEAL_EVIDENCE_KEPT_DAYS",
    }
)
"""The settings whose names begin with `COMMONWEAL_`."""

OF_TESTS = frozenset(
    {"COMMONWEAL_NO_SKIPS", "COMMONWEAL_WRITE_ADDRESSES", "COMMONWEAL_STATIC_FINDERS"}
)
"""Switches of the tests and scripts, without meaning for an installation."""
