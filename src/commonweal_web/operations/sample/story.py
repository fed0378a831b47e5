"""The stage of the sample: who acts on which day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import account_with_roles, actor_of, operator

if TYPE_CHECKING:
    from commonweal_web.people.models import Account
    from commonweal_web.workplaces.models import Representation, Site, WorkerGroup

PASSWORD = "northbank-sample"  # noqa: S105  (printed for everybody who tries the demo)

BEGINS_DAYS_AGO = 300


@dataclass(slots=True)
class Story:
    """What the sample has made so far, and the day its story has reached."""

    today: datetime
    organisation: Organisation
    people: dict[str, Account] = field(default_factory=dict)
    sites: dict[str, Site] = field(default_factory=dict)
    groups: dict[str, WorkerGroup] = field(default_factory=dict)
    bodies: dict[str, Representation] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    codes: tuple[str, ...] = ()
    days_ago: int = BEGINS_DAYS_AGO

    @property
    def at(self) -> datetime:
        """The moment of the next step."""
        return self.today - timedelta(days=self.days_ago)

    @property
    def day(self) -> date:
        """The day of the next step."""
        return self.at.date()

    def later(self, *, days_ago: int) -> None:
        """Let time pass; the story never goes back, since its record cannot."""
        if days_ago > self.days_ago:
            raise ValueError(f"The story is {self.days_ago} days ago and cannot go to {days_ago}.")
        self.days_ago = days_ago

    def by(self, who: str) -> dict[str, Any]:
        """The arguments that every action takes: for whom, by whom, when."""
        return {"organisation": self.organisation, "by": self._actor(who), "at": self.at}

    def _actor(self, who: str) -> Any:
        if who == "operator":
            return operator()
        account = account_with_roles(self.people[who].pk)
        if account is None:
            raise LookupError(who)
        return actor_of(account, on=self.day)
