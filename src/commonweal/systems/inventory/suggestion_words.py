"""Words by which a column's header or a value gives away its meaning."""

from __future__ import annotations

from collections.abc import Mapping

# Words of headers, folded; the one that makes up most of a header decides.
HEADER_WORDS: Mapping[str, tuple[str, ...]] = {
    "name": ("use case name", "use case", "name", "title", "naam", "titel", "nom", "bezeichnung"),
    "purpose": (
        *("purpose", "description", "expected benefits", "objective", "omschrijving", "doel"),
        *("korte omschrijving", "doel en impact", "beschrijving", "zweck", "finalité"),
    ),
    "outputs": ("output", "outputs", "result", "results", "uitkomst", "ergebnis"),
    "organisation_unit": (
        *("organisation", "organization", "agency", "department", "bureau", "division", "unit"),
        *("team", "organisatie", "afdeling", "abteilung", "service", "business unit"),
    ),
    "topic": ("topic", "topic area", "theme", "category", "domain", "thema", "sector"),
    "system_name": ("system name", "system", "product", "tool", "application", "systeem"),
    "vendor": ("vendor", "supplier", "provider", "manufacturer", "leverancier", "anbieter"),
    "stage": ("stage", "status", "phase", "lifecycle", "fase", "stand", "stage of development"),
    "rights_or_safety_impact": ("rights impacting", "impact type", "rights or safety"),
    "autonomy": ("without direct human involvement", "autonomy", "human in the loop"),
    "personal_data": ("personal data", "personally identifiable", "pii", "persoonsgegevens"),
    "date_initiated": ("date initiated", "initiated", "start of project"),
    "date_acquired": ("date acquired", "acquisition", "purchase date", "contract date"),
    "date_in_use": ("date implemented", "go live", "in use since", "start date", "begindatum"),
    "date_retired": ("date retired", "end date", "retired", "decommissioned", "einddatum"),
}

# Words of values, folded; the longest that occurs in a value decides.
VALUE_WORDS: Mapping[str, Mapping[str, str]] = {
    "stage": {
        **dict.fromkeys(("idea", "ideation", "initiated", "planned", "idee"), "identified"),
        **dict.fromkeys(("selecting", "selection", "evaluating vendors"), "selecting"),
        **dict.fromkeys(("acquisition", "procurement", "development", "buying"), "procuring"),
        **dict.fromkeys(("in ontwikkeling", "procuring", "in development"), "procuring"),
        **dict.fromkeys(("pilot", "piloting", "trial", "testing", "implementation"), "piloting"),
        **dict.fromkeys(("in use", "in production", "operation", "live", "active"), "in_use"),
        **dict.fromkeys(("in gebruik", "deployed", "operational", "production"), "in_use"),
        **dict.fromkeys(("retired", "ended", "buiten gebruik", "decommissioned"), "retired"),
        **dict.fromkeys(("not in use", "inactive", "no longer in use"), "retired"),
    },
    "rights_or_safety_impact": {
        **dict.fromkeys(("both", "rights and safety"), "both"),
        **dict.fromkeys(("rights",), "rights"),
        **dict.fromkeys(("safety",), "safety"),
        **dict.fromkeys(("neither", "none"), "neither"),
    },
    "personal_data": {
        **dict.fromkeys(("yes", "ja", "oui", "true", "y"), "yes"),
        **dict.fromkeys(("no", "nee", "nein", "non", "false", "n"), "no"),
    },
    "autonomy": {
        **dict.fromkeys(("yes", "fully automated", "autonomous"), "acts_alone"),
        **dict.fromkeys(("no", "human review", "human decides", "advisory"), "person_decides"),
    },
}

DATE_PATTERNS = (
    *("YYYY-MM-DD", "YYYY-MM", "M/D/YYYY", "D/M/YYYY", "M/YYYY"),
    *("D-M-YYYY", "D.M.YYYY", "M-YYYY", "YYYY"),
)
