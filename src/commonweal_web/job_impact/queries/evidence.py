"""The facts that an answer can rest on, named so that new ones ask anew exactly those answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from commonweal_web.job_impact.models import Assessment

VENDOR_CLAIMS = "vendor_claims"


def facts_to_rest_on(assessment: Assessment) -> list[tuple[str, str]]:
    """The vendor's claims, the facts there are, and those still missing, as choices of a form."""
    stated = [*(assessment.data_available or ()), *(assessment.data_missing or ())]
    claims = (VENDOR_CLAIMS, _("What the vendor says it can do"))
    return [claims, *((fact, fact) for fact in dict.fromkeys(stated))]


def fact_words(fact: str) -> str:
    """A fact as a page shows it."""
    return _("What the vendor says it can do") if fact == VENDOR_CLAIMS else fact
