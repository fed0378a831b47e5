"""Where people work: known groups found by their names, new ones only when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from commonweal.shared.language import _
from commonweal.workplaces.cells import cleaned
from commonweal.workplaces.headings import CONTRACT, COUNTRY, GROUP, SITE


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A worker group by its names: the site, the group and the contract."""

    site: str
    group: str
    contract: str


class PlaceRefused(ValueError):
    """A place that is not known, or not clear; `column` says which cell to look at."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(slots=True)
class Places:
    """The sites and groups there are, and those that a roster adds when it may.

    `new_sites` holds the country of each site to be made, `new_groups` the groups to be made.
    """

    sites: Iterable[str]
    groups: Iterable[Place]
    may_make: bool = False
    new_sites: dict[str, str] = field(default_factory=dict)
    new_groups: list[Place] = field(default_factory=list)
    _sites: dict[str, str] = field(init=False, repr=False)
    _groups: dict[tuple[str, str], list[Place]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._sites = {_same(each): each for each in self.sites}
        self._groups = {}
        for place in self.groups:
            self._groups.setdefault((_same(place.site), _same(place.group)), []).append(place)

    @property
    def only_site(self) -> str:
        """The one site there is; empty where there are none or several."""
        return next(iter(self._sites.values())) if len(self._sites) == 1 else ""

    def find(self, *, site: str, group: str, contract: str, country: str) -> Place:
        """The place that is meant; a new one where it may be made. Raises `PlaceRefused`."""
        if not group:
            raise PlaceRefused(GROUP, _("The group is missing. Write which group it is."))
        place = self._site(site or self.only_site, country=country)
        known = self._groups.get((_same(place), _same(group)), [])
        fitting = [each for each in known if contract in ("", each.contract)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise PlaceRefused(
                CONTRACT,
                _("This site has several groups of this name. Write the contract as well."),
            )
        return self._new_group(Place(place, group, contract), is_other_contract=bool(known))

    def _site(self, name: str, *, country: str) -> str:
        if not name:
            raise PlaceRefused(SITE, _("The site is missing. Write which site it is."))
        known = self._sites.get(_same(name))
        if known is not None:
            if self.new_sites.get(known, country) != country and country:
                raise PlaceRefused(
                    COUNTRY, _("Another row puts this new site in another country.")
                )
            return known
        if not self.may_make:
            raise PlaceRefused(
                SITE, _("There is no site of this name. Add the site first, or let it be made.")
            )
        if not country:
            raise PlaceRefused(
                COUNTRY, _("This site is new, so its country is needed: two letters, such as ES.")
            )
        self._sites[_same(name)] = name
        self.new_sites[name] = country
        return name

    def _new_group(self, place: Place, *, is_other_contract: bool) -> Place:
        if not self.may_make:
            column = CONTRACT if is_other_contract else GROUP
            raise PlaceRefused(
                column,
                _("This site has no such group. Add the group first, or let it be made."),
            )
        if not place.contract:
            raise PlaceRefused(
                CONTRACT,
                _("This group is new, so its contract is needed, such as permanent."),
            )
        self._groups.setdefault((_same(place.site), _same(place.group)), []).append(place)
        self.new_groups.append(place)
        return place


def sites_and_groups(named: Mapping[str, Iterable[tuple[str, str]]]) -> Places:
    """The places of an organisation: for each site its groups, by name and contract."""
    groups = [
        Place(site, group, contract) for site, found in named.items() for group, contract in found
    ]
    return Places(tuple(named), tuple(groups))


def _same(name: str) -> str:
    """What makes two names one: letters without case, spaces counted once."""
    return cleaned(name).casefold()
