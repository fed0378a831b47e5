"""Reads of organisations."""

from __future__ import annotations

from django.db.models import QuerySet

from commonweal_web.house.refusals import NotHere
from commonweal_web.organisations.models import Organisation, OrganisationYear


def organisation_by_slug(slug: str) -> Organisation:
    """The organisation with this short name.

    Raises `NotHere` when there is none.
    """
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        raise NotHere(
            "organisation_unknown",
            f"There is no organisation “{slug}”. `commonweal manage organisations` lists them.",
            where="organisation",
        )
    return found


def all_organisations(*, limit: int = 1000) -> list[Organisation]:
    """The organisations of this installation, by name."""
    return list(Organisation.objects.all()[:limit])


def years(organisation: Organisation) -> QuerySet[OrganisationYear]:
    """The years with known costs and revenue, latest first, for a page of them."""
    return OrganisationYear.objects.of(organisation)


def years_of(organisation: Organisation, *, limit: int = 100) -> list[OrganisationYear]:
    """The years with known costs and revenue, latest first."""
    return list(years(organisation)[:limit])
