"""What changes asks anew exactly what it touches; what is present is told to the rooms above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from commonweal.job_impact.runs import not_yet_assessed
from commonweal_web.house.refusals import Refused
from commonweal_web.house.rooms import room
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.actions import reactions
from commonweal_web.job_impact.events import SignalBecamePresent, SignalNoLongerPresent
from commonweal_web.job_impact.models import Assessment, PresentSignal, Reopening
from commonweal_web.job_impact.queries import (
    all_signals,
    file_of,
)
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems import actions as systems
from commonweal_web.systems import events
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories import job_impact as make
from factories.workplaces import a_group

LATER = timedelta(days=1)
OURS = (SignalBecamePresent, SignalNoLongerPresent)


def acting(organisation: Organisation, by: Actor, at: datetime) -> dict[str, Any]:
    """What every action takes."""
    return {"organisation": organisation, "by": by, "at": at}


def silent(use: Use, *, at: datetime) -> set[str]:
    """The signals that nobody answered since they were last asked."""
    return {signal for signal, _group in not_yet_assessed(file_of(use).run(on=at.date()))}


class TestWhatAsksAnew:
    """A trigger re-opens exactly the answers it touches."""

    def tasks(self, use: Use) -> list[str]:
        return [each.trigger for each in Reopening.objects.filter(use=use)]

    def test_a_fact_that_comes_in_asks_only_the_answers_that_rest_on_it(
        self,
        organisation: Organisation,
        assessment: Assessment,
        use: Use,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        lead = actor("people_lead")
        state = acting(organisation, lead, now) | {"assessment": assessment}
        actions.state_data(**state, available=[], missing=["Results of the pilot"])
        make.every_signal_answered(assessment, by=lead, at=now)
        make.a_view(
            assessment,
            by=lead,
            at=now + timedelta(minutes=1),
            signal="RS12",
            answer="not_present",
            rests_on=["Results of the pilot"],
        )
        state["at"] = now + LATER
        actions.state_data(**state, available=["Results of the pilot"], missing=[])
        assert silent(use, at=now + LATER) == {"RS12"}
        assert self.tasks(use) == ["data_came"]

    def test_new_claims_of_the_vendor_ask_only_what_rests_on_them(
        self,
        organisation: Organisation,
        assessment: Assessment,
        use: Use,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        lead = actor("people_lead")
        claim = {"use": use, "quote": "Twice as fast", "source": "Brochure"}
        systems.state_claim(**acting(organisation, lead, now), **claim)
        assert self.tasks(use) == []
        make.every_signal_answered(assessment, by=lead, at=now)
        soon = now + timedelta(minutes=1)
        make.a_view(assessment, by=lead, at=soon, signal="OS2", rests_on=["vendor_claims"])
        later = acting(organisation, lead, now + LATER)
        systems.state_claim(**later, **{**claim, "quote": "Three times as fast"})
        assert silent(use, at=now + LATER) == {"OS2"}

    def test_a_changed_purpose_asks_everything_and_the_same_purpose_nothing(
        self,
        organisation: Organisation,
        assessment: Assessment,
        use: Use,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        lead = actor("people_lead")
        make.every_signal_answered(assessment, by=lead, at=now)
        told = {"use": use, "name": use.name, "outputs": "A plan"}
        by = acting(organisation, lead, now + LATER)
        systems.describe_use(**by, **told, purpose=use.purpose)
        assert self.tasks(use) == []
        systems.describe_use(**by, **told, purpose="Rates who keeps to the plan.")
        systems.describe_use(**by, **told, purpose="Rates who keeps to the plan.")
        assert self.tasks(use) == ["purpose_changed"]
        assert silent(use, at=now + LATER) == set(all_signals())

    def test_a_new_group_is_asked_and_the_others_are_not(
        self,
        organisation: Organisation,
        assessment: Assessment,
        use: Use,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        lead = actor("people_lead")
        make.every_signal_answered(assessment, by=lead, at=now)
        cleaners = a_group(organisation, at=now, name="Cleaners")
        by = acting(organisation, lead, now + LATER)
        systems.touch_group(**by, use=use, group=cleaners)
        run = file_of(use).run(on=(now + LATER).date())
        assert {group for _signal, group in not_yet_assessed(run)} == {str(cleaners.pk)}

    def test_a_newly_likely_signal_joins_the_open_run(
        self,
        organisation: Organisation,
        use: Use,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        run = make.an_assessment(organisation, at=now, use=use, scope="likely")
        assert "RS18" not in run.signals
        by = acting(organisation, actor("people_lead"), now + LATER)
        systems.classify_use(**by, use=use, codes=("manages_people", "scheduling", "hiring"))
        run.refresh_from_db()
        assert "RS18" in run.signals

    @pytest.mark.parametrize(
        ("leaving", "entering", "trigger"),
        [
            ("identified", "selecting", "objectives_set"),
            ("procuring", "piloting", "system_procured"),
            ("piloting", "in_use", "implementation_completed"),
            ("selecting", "procuring", None),
            ("in_use", "in_use", None),
            ("in_use", "stopping", None),
        ],
    )
    def test_stages_that_change_what_is_known_open_a_dated_task(
        self,
        organisation: Organisation,
        use: Use,
        actor: Callable[..., Actor],
        now: datetime,
        leaving: str,
        entering: str,
        trigger: str | None,
    ) -> None:
        event = events.StageEntered(
            use=use.pk, from_stage=leaving, to_stage=entering, way="passed"
        )
        reactions.stage_entered(event, organisation=organisation, by=actor("executive"), at=now)
        assert self.tasks(use) == ([trigger] if trigger else [])

    def test_a_confirmed_incident_is_looked_at_within_two_weeks(
        self, organisation: Organisation, use: Use, actor: Callable[..., Actor], now: datetime
    ) -> None:
        event = events.IncidentUpheld(use=use.pk, incident=use.pk, on=now.date())
        reactions.incident_upheld(event, organisation=organisation, by=actor("use_owner"), at=now)
        task = Reopening.objects.get(use=use)
        assert task.due_on == now.date() + timedelta(days=14)

    def test_another_use_of_an_assessed_system_asks_for_its_own_assessment(
        self,
        organisation: Organisation,
        assessment: Assessment,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        another = systems.register_use(
            **acting(organisation, actor("people_lead"), now),
            name="Rating planners",
            system_name=assessment.use.system.name,
        )
        assert self.tasks(another) == ["new_use"]
        first = systems.register_use(
            **acting(organisation, actor("people_lead"), now), name="New", system_name="Alone"
        )
        assert self.tasks(first) == []

    def test_a_review_date_opens_one_task_the_day_after_and_no_second(
        self, organisation: Organisation, use: Use, actor: Callable[..., Actor], now: datetime
    ) -> None:
        review = now.date() + timedelta(days=10)
        systems.set_review_day(
            **acting(organisation, actor("people_lead"), now), use=use, review_on=review
        )
        assert reactions.review_dates_passed(at=now + timedelta(days=10)) == 0
        assert reactions.review_dates_passed(at=now + timedelta(days=11)) == 1
        assert reactions.review_dates_passed(at=now + timedelta(days=12)) == 0
        assert self.tasks(use) == ["review_date_passed"]

    def test_by_hand_it_needs_a_sentence_and_a_known_signal(
        self, organisation: Organisation, use: Use, actor: Callable[..., Actor], now: datetime
    ) -> None:
        by = acting(organisation, actor("worker_representative"), now)
        with pytest.raises(Refused, match="what happened"):
            actions.reopen_answers(**by, use=use, trigger="model_changed", detail=" ")
        with pytest.raises(Refused, match="RS99"):
            actions.reopen_answers(
                **by, use=use, trigger="model_changed", detail="New model.", signals=["RS99"]
            )
        with pytest.raises(Refused, match="from the list"):
            actions.reopen_answers(**by, use=use, trigger="boredom", detail="New model.")

    def test_closing_a_run_answers_the_tasks(
        self,
        organisation: Organisation,
        assessment: Assessment,
        use: Use,
        driver: Actor,
        actor: Callable[..., Actor],
        now: datetime,
    ) -> None:
        lead = actor("people_lead")
        by = acting(organisation, lead, now)
        task = actions.reopen_answers(
            **by, use=use, trigger="model_changed", detail="A new model.", signals=["RS12"]
        )
        later = now + timedelta(minutes=2)
        make.complete(assessment, worker=driver, lead=lead, at=later)
        actions.close_assessment(
            **acting(organisation, lead, later), assessment=assessment, outcome="Done."
        )
        task.refresh_from_db()
        assert task.answered_by == assessment


class TestPresence:
    """What counts as present is told to the rooms above, by nobody in particular."""

    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, Actor]]:
        from commonweal_web.record import action

        heard: list[tuple[Any, Actor]] = []

        def listener(event: Any, *, organisation: Any, by: Actor, at: datetime) -> None:
            heard.append((event, by))

        known = action.handlers_of
        monkeypatch.setattr(action, "handlers_of", lambda event: [*known(event), listener])
        return heard

    def test_a_present_is_told_once_with_side_and_group_and_without_its_author(
        self,
        use: Use,
        assessment: Assessment,
        driver: Actor,
        drivers: WorkerGroup,
        told: list[tuple[Any, Actor]],
        now: datetime,
    ) -> None:
        make.a_view(assessment, by=driver, at=now)
        make.a_view(assessment, by=driver, at=now + timedelta(minutes=1), words="Again.")
        ours = [(event, by) for event, by in told if isinstance(event, OURS)]
        ((event, by),) = ours
        assert (event.use, event.signal, event.group, event.side) == (
            use.pk,
            "RS10",
            drivers.pk,
            "workers",
        )
        assert by.account_id is None

    def test_uncertain_counts_as_present_the_day_after_its_date(
        self,
        use: Use,
        assessment: Assessment,
        actor: Callable[..., Actor],
        told: list[tuple[Any, Actor]],
        now: datetime,
    ) -> None:
        until = now.date() + timedelta(days=5)
        make.a_view(
            assessment,
            by=actor("people_lead"),
            at=now,
            answer="uncertain",
            person="Ana",
            until=until,
        )
        assert reactions.uncertain_past_date(at=now + timedelta(days=5)) == 0
        assert reactions.uncertain_past_date(at=now + timedelta(days=6)) == 2
        assert reactions.uncertain_past_date(at=now + timedelta(days=7)) == 0
        ours = [event for event, _by in told if isinstance(event, OURS)]
        assert {type(event) for event in ours} == {SignalBecamePresent}
        assert {row.since for row in PresentSignal.objects.all()} == {until + timedelta(days=1)}

    def test_taking_it_back_with_a_reason_ends_it(
        self, use: Use, assessment: Assessment, driver: Actor, now: datetime
    ) -> None:
        make.a_view(assessment, by=driver, at=now)
        later = now + LATER
        make.a_view(assessment, by=driver, at=later, answer="not_present", reason="Fixed.")
        assert PresentSignal.objects.get(use=use).gone_on == later.date()

    def test_every_assessed_use_has_an_entry_and_no_other(
        self,
        organisation: Organisation,
        use: Use,
        assessment: Assessment,
        driver: Actor,
        now: datetime,
    ) -> None:
        (known,) = room("job_impact").signals_present
        make.an_assessable_use(organisation, at=now)
        assert known(organisation.pk) == {use.pk: frozenset()}
        make.a_view(assessment, by=driver, at=now)
        assert known(organisation.pk) == {use.pk: frozenset({"RS10"})}
