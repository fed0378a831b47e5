"""Who took part in a run, what they were promised, and whether they were paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from commonweal.shared.money import Money


class PartKind(Enum):
    """In which way a person takes part."""

    USER = "user"
    SUBJECT = "subject"
    ELSEWHERE_IN_THE_CHAIN = "elsewhere_in_the_chain"
    APPLICANT = "applicant"
    EXPERT = "expert"
    COMMUNITY = "community"


@dataclass(frozen=True)
class Participation:
    """One person's part: `fee` and `minutes` stated on `stated_on`, payment due on `due`.

    For employees the fee is the cost of their paid working time. `paid_on` is None until paid.
    """

    id: str
    kind: PartKind
    fee: Money | None
    minutes: int | None
    stated_on: date | None
    accepted_on: date | None
    due: date | None
    paid_on: date | None = None

    @property
    def was_stated_before_acceptance(self) -> bool:
        """Whether fee, time and due date were known to the person when they said yes."""
        if self.accepted_on is None:
            return True
        if self.fee is None or self.minutes is None or self.due is None:
            return False
        return self.stated_on is not None and self.stated_on <= self.accepted_on

    def is_unpaid(self, on: date) -> bool:
        """Whether payment is past due on that day; on the due day itself it is not."""
        paid = self.paid_on is not None and self.paid_on <= on
        return self.accepted_on is not None and not paid and self.due is not None and on > self.due


@dataclass(frozen=True)
class Expert:
    """An expert, their discipline and declared ties; None means not declared yet."""

    id: str
    discipline: str
    tie_to_employer: str | None
    tie_to_vendor: str | None

    @property
    def has_declared(self) -> bool:
        return self.tie_to_employer is not None and self.tie_to_vendor is not None

    @property
    def is_independent(self) -> bool:
        """Whether they declared that no tie exists to the employer or the vendor."""
        return self.tie_to_employer == "" and self.tie_to_vendor == ""
