"""The commitment: never without a threshold, and never looser without the worker side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as suppose
from hypothesis import strategies as st

from commonweal_web.disclosure import actions, queries
from commonweal_web.disclosure.models import CommitmentVersion
from commonweal_web.disclosure.thresholds import hundredths, in_words, loosened, threshold
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from factories.disclosure import ADVERTISED, MULTIPLE, SEVERE, SHARE, a_commitment

STRICTER = {"kind": "severity", "at_least": 3}
LOOSER = {"kind": "severity", "at_least": 5}


def test_the_first_commitment_is_published_as_version_one(organisation: Any, now: Any) -> None:
    version = a_commitment(organisation, at=now)
    assert (version.number, version.state) == (1, "published")
    assert queries.commitment_in_force(organisation, on=now.date()) == version


def test_a_commitment_without_a_threshold_is_refused(organisation: Any, given: Any) -> None:
    with pytest.raises(Refused, match="would disclose nothing"):
        actions.adopt_commitment(
            **given,
            text="We promise.",
            thresholds=[],
            why="Because.",
            readers=["everyone"],
            in_force_from=given["at"].date(),
            next_review=date(2027, 11, 1),
        )
    assert not CommitmentVersion.objects.of(organisation).exists()


@pytest.mark.parametrize(
    "stored",
    [
        {"kind": "severity", "at_least": 6},
        {"kind": "severity"},
        {"kind": "vibes", "at_least": 4},
        {**ADVERTISED, "quote": " "},
        {**ADVERTISED, "checked": "soon"},
    ],
)
def test_a_threshold_that_cannot_be_read_is_refused(
    organisation: Any, now: Any, stored: Any
) -> None:
    with pytest.raises(Refused):
        a_commitment(organisation, stored, at=now)
    assert not CommitmentVersion.objects.of(organisation).exists()


def test_all_four_kinds_can_run_together(organisation: Any, now: Any) -> None:
    version = a_commitment(organisation, SEVERE, ADVERTISED, MULTIPLE, SHARE, at=now)
    assert [each["kind"] for each in version.thresholds] == [
        "severity",
        "marketed_capability",
        "return_multiple",
        "cost_or_revenue",
    ]
    assert all(in_words(each) for each in version.thresholds)


def test_a_stricter_version_is_published_at_once(organisation: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    assert a_commitment(organisation, STRICTER, at=now).number == 2


def test_a_looser_version_waits_and_what_held_still_holds(organisation: Any, now: Any) -> None:
    first = a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    assert (looser.state, looser.number, len(looser.loosens)) == ("proposed", None, 1)
    assert queries.commitment_in_force(organisation, on=now.date()) == first


def test_the_worker_side_signs_a_looser_version(organisation: Any, actor: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    signed = actions.sign_commitment(
        organisation=organisation, by=actor("registrar"), at=now, version=looser
    )
    assert (signed.number, signed.state, signed.answered_by_role) == (2, "published", "registrar")
    assert queries.commitment_in_force(organisation, on=now.date()) == signed


@pytest.mark.parametrize("role", ["people_lead", "executive", "use_owner", "worker"])
def test_nobody_but_the_worker_side_signs(
    organisation: Any, actor: Any, now: Any, role: str
) -> None:
    a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    with pytest.raises(NotAllowed):
        actions.sign_commitment(organisation=organisation, by=actor(role), at=now, version=looser)


def test_a_late_signature_never_reaches_back(organisation: Any, actor: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    later = now + timedelta(days=9)
    signed = actions.sign_commitment(
        organisation=organisation, by=actor("worker_representative"), at=later, version=looser
    )
    assert signed.in_force_from == later.date()


def test_a_declined_version_says_why_and_is_answered_once(
    organisation: Any, actor: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    by = {"organisation": organisation, "by": actor("worker_representative"), "at": now}
    with pytest.raises(Refused, match="why"):
        actions.decline_commitment(**by, version=looser, reason=" ")
    declined = actions.decline_commitment(**by, version=looser, reason="Four is grave enough.")
    assert (declined.state, declined.number) == ("declined", None)
    with pytest.raises(Conflict):
        actions.sign_commitment(**by, version=looser)


def test_only_one_proposal_waits_at_a_time(organisation: Any, given: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    looser = a_commitment(organisation, LOOSER, at=now)
    with pytest.raises(Conflict, match="workers"):
        a_commitment(organisation, STRICTER, at=now)
    actions.withdraw_proposal(**given, version=looser)
    assert a_commitment(organisation, STRICTER, at=now).number == 2


def test_gains_are_counted_from_the_first_commitment_in_every_version(
    organisation: Any, now: Any
) -> None:
    a_commitment(organisation, at=now)
    later = now + timedelta(days=40)
    second = a_commitment(organisation, SEVERE, SHARE, at=later)
    assert second.thresholds[1]["counting_from"] == now.date().isoformat()


def test_a_commitment_reaches_neither_back_nor_behind_the_version_before(
    organisation: Any, now: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        a_commitment(organisation, at=now, in_force_from=now.date() - timedelta(days=1))
    assert refusal.value.where == "in_force_from"
    a_commitment(organisation, at=now, in_force_from=now.date() + timedelta(days=9))
    with pytest.raises(Refused):
        a_commitment(organisation, STRICTER, at=now)


def test_a_review_lies_after_the_beginning(organisation: Any, now: Any) -> None:
    with pytest.raises(Refused) as refusal:
        a_commitment(organisation, at=now, next_review=now.date())
    assert refusal.value.where == "next_review"


def test_the_same_commitment_is_not_published_twice(organisation: Any, now: Any) -> None:
    a_commitment(organisation, at=now)
    with pytest.raises(Refused, match="stands already"):
        a_commitment(organisation, at=now)


def test_who_was_asked_is_kept_with_the_version(organisation: Any, given: Any, now: Any) -> None:
    actions.consult_party(
        **given, name="Transport union", consulted_on=now.date(), said="Choose three."
    )
    version = a_commitment(organisation, at=now)
    assert [each["name"] for each in version.consulted] == ["Transport union"]


def test_nobody_is_asked_in_the_future(given: Any, now: Any) -> None:
    with pytest.raises(Refused, match="future"):
        actions.consult_party(
            **given, name="Union", consulted_on=now.date() + timedelta(days=1), said="–"
        )


def test_only_the_people_lead_writes_the_commitment(
    organisation: Any, actor: Any, now: Any
) -> None:
    with pytest.raises(NotAllowed):
        a_commitment(organisation, at=now, by=actor("executive"))


@suppose(old=st.integers(1, 5), new=st.integers(1, 5))
def test_a_severity_mark_loosens_exactly_when_it_rises(old: int, new: int) -> None:
    before, after = {**SEVERE, "at_least": old}, {**SEVERE, "at_least": new}
    assert bool(list(loosened([before], [after]))) == (new > old)


@suppose(kept=st.sets(st.sampled_from(range(4))))
def test_switching_off_loosens_and_switching_on_does_not(kept: set[int]) -> None:
    every = [SEVERE, ADVERTISED, MULTIPLE, SHARE]
    some = [each for place, each in enumerate(every) if place in kept]
    assert len(list(loosened(every, some))) == 4 - len(kept)
    assert not list(loosened(some, every))


def test_another_base_year_or_measure_loosens() -> None:
    assert list(loosened([SHARE], [{**SHARE, "base_year": 2026}]))
    assert list(loosened([ADVERTISED], [{**ADVERTISED, "measure": "jobs done"}]))


@suppose(value=st.integers(0, 10**9))
def test_hundredths_are_written_as_people_write_them(value: int) -> None:
    whole, _, rest = hundredths(value).partition(".")
    assert int(whole) * 100 + int((rest or "0").ljust(2, "0")) == value


def test_marks_are_exact_fractions() -> None:
    stored = {**SHARE, "counting_from": "2026-11-23", "next_review": "2027-11-23"}
    assert threshold(stored).above * 20 == 1  # type: ignore[union-attr]
