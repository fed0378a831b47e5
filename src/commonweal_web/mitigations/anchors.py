"""The scores of a facet in words: what people choose from when they judge."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commonweal.mitigations.severity_rules import Band, SeverityRules
from commonweal.shared.language import CATALOGUE, digits
from commonweal.shared.severity import HIGHEST

Sentences = dict[int, str]


def sentences(rules: SeverityRules, *, harm: str, facet: str) -> Sentences:
    """What each score of a facet means for this kind of harm, from 0 upwards."""
    if facet == "scope":
        return _by_band(rules.scope_bands, say=_people)
    if harm in rules.harms:
        said = getattr(rules.harms[harm], facet)
        return {score: pgettext(CATALOGUE, each) for score, each in enumerate(said)}
    if facet == "scale":
        return _by_band(rules.scale_bands, say=_loss)
    return _by_band(rules.irremediability_bands, say=_lasting)


def meaning(rules: SeverityRules, *, harm: str, facet: str, score: int | None) -> str:
    """The sentence of one score; empty while it is not judged."""
    return "" if score is None else sentences(rules, harm=harm, facet=facet).get(score, "")


def _by_band(bands: tuple[Band, ...], *, say) -> Sentences:  # type: ignore[no-untyped-def]
    uppers: list[Band | None] = [*bands[1:], None]
    return {band.score: say(band, upper) for band, upper in zip(bands, uppers, strict=True)}


def _people(band: Band, upper: Band | None) -> str:
    lowest = int(band.lowest)
    if upper is None:
        return _("%(lowest)s people or more") % {"lowest": digits(lowest)}
    highest = int(upper.lowest) - 1
    if highest == 0:
        return _("nobody")
    return _("%(lowest)s to %(highest)s people") % {
        "lowest": digits(lowest),
        "highest": digits(highest),
    }


def _loss(band: Band, upper: Band | None) -> str:
    if band.lowest == 0 and upper is not None:
        return _("Less than %(share)s of a year’s pay.") % {"share": percent(upper.lowest)}
    if upper is None or band.score == HIGHEST:
        return _("More than %(share)s of a year’s pay, or too little is left to live on.") % {
            "share": percent(band.lowest)
        }
    return _("%(lowest)s to %(highest)s of a year’s pay.") % {
        "lowest": percent(band.lowest),
        "highest": percent(upper.lowest),
    }


def _lasting(band: Band, upper: Band | None) -> str:
    if band.lowest == 0 and upper is not None:
        return _("Less than %(share)s of it stays lost after two years.") % {
            "share": percent(upper.lowest)
        }
    if upper is None or band.score == HIGHEST:
        return _("More than %(share)s stays lost after two years, or it cannot be undone.") % {
            "share": percent(band.lowest)
        }
    return _("%(lowest)s to %(highest)s of it stays lost after two years.") % {
        "lowest": percent(band.lowest),
        "highest": percent(upper.lowest),
    }


def percent(share: Fraction) -> str:
    """A share as a percentage, exactly: 1/1000 is 0.1 %."""
    value = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return f"{value.normalize():f} %"
