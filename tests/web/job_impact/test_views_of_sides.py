"""What each side says stands on its own, is stored at once and never changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from commonweal.job_impact.views import Answer, Side
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.models import Assessment, PresentSignal, View, ViewClosing
from commonweal_web.job_impact.queries import assessment_page, file_of, own_views
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.record.models import Opening
from commonweal_web.systems.models import Use
from commonweal_web.workplaces.models import WorkerGroup
from factories import job_impact as make
from factories.workplaces import a_group

Say = Callable[..., View]


def answer_of(use: Use, signal: str, group: WorkerGroup, side: Side, *, on: date) -> Answer:
    """What stands for one side."""
    return file_of(use).run(on=on).cells[signal, str(group.pk)].answer_of(side)


def test_what_one_side_says_never_touches_another(
    use: Use,
    say: Say,
    driver: Actor,
    actor: Callable[..., Actor],
    drivers: WorkerGroup,
    now: datetime,
) -> None:
    say(driver, "RS10", "present")
    say(actor("people_lead"), "RS10", "not_present")
    assert answer_of(use, "RS10", drivers, Side.WORKERS, on=now.date()) is Answer.PRESENT
    assert answer_of(use, "RS10", drivers, Side.MANAGEMENT, on=now.date()) is Answer.NOT_PRESENT
    page = assessment_page(use, on=now.date())
    assert page
    assert [row.signal.id for row in page.differing] == ["RS10"]


def test_a_signal_nobody_answered_is_not_yet_assessed_and_not_absent(
    use: Use, assessment: Assessment, drivers: WorkerGroup, now: datetime
) -> None:
    silent = answer_of(use, "RS1", drivers, Side.MANAGEMENT, on=now.date())
    assert silent is Answer.NOT_YET_ASSESSED
    page = assessment_page(use, on=now.date())
    assert page
    assert page.silent == 27


def test_a_worker_speaks_for_the_own_group_only(
    use: Use,
    say: Say,
    driver: Actor,
    drivers: WorkerGroup,
    pickers: WorkerGroup,
    now: datetime,
) -> None:
    say(driver, "RS10", "present")
    assert answer_of(use, "RS10", pickers, Side.WORKERS, on=now.date()) is Answer.NOT_YET_ASSESSED
    with pytest.raises(NotAllowed, match="your own group"):
        say(driver, "RS11", "present", group=pickers.pk)


def test_a_worker_of_a_group_under_five_speaks_for_everybody_so_that_it_stays_unnamed(
    organisation: Organisation, now: datetime
) -> None:
    planners = a_group(organisation, at=now, name="Planners", headcount=4)
    assessment = make.an_assessment(organisation, planners, at=now)
    worker = make.a_worker_actor(organisation, planners, at=now)
    view = make.a_view(assessment, by=worker, at=now)
    assert view.group is None


def test_somebody_the_use_does_not_touch_cannot_answer_as_a_worker(
    organisation: Organisation, assessment: Assessment, now: datetime
) -> None:
    stranger = make.a_worker_actor(organisation, a_group(organisation, at=now), at=now)
    with pytest.raises(NotAllowed, match="does not touch your group"):
        make.a_view(assessment, by=stranger, at=now)


def test_a_worker_cannot_answer_for_management(say: Say, driver: Actor) -> None:
    with pytest.raises(NotAllowed):
        say(driver, "RS10", "present", side="management")


def test_the_record_never_names_the_worker_who_answered(say: Say, driver: Actor, use: Use) -> None:
    view = say(driver, "RS10", "present", words="Tuesday’s plan came on Monday night.")
    assert view.named_author_id is None
    payloads = Opening.objects.filter(payload__contains=str(view.pk))
    assert payloads.exists()
    assert not [one for one in payloads if str(driver.account_id) in one.payload]


def test_only_the_worker_finds_their_own_answers(
    say: Say,
    driver: Actor,
    use: Use,
    drivers: WorkerGroup,
    organisation: Organisation,
    now: datetime,
) -> None:
    view = say(driver, "RS10", "present")
    colleague = make.a_worker_actor(organisation, drivers, at=now)
    assert own_views(driver, use=use, side="workers") == [view]
    assert own_views(colleague, use=use, side="workers") == []


def test_the_same_person_has_another_mark_in_another_use(
    organisation: Organisation, drivers: WorkerGroup, say: Say, driver: Actor, now: datetime
) -> None:
    other = make.an_assessment(organisation, drivers, at=now)
    assert say(driver, "RS10", "present").author != make.a_view(other, by=driver, at=now).author


def test_changing_ones_mind_keeps_both_answers(
    say: Say, driver: Actor, use: Use, drivers: WorkerGroup, now: datetime
) -> None:
    say(driver, "RS10", "not_present")
    say(driver, "RS10", "present", at=now + timedelta(minutes=1))
    assert View.objects.filter(use=use, signal="RS10").count() == 2
    assert answer_of(use, "RS10", drivers, Side.WORKERS, on=now.date()) is Answer.PRESENT


def test_taking_back_a_present_needs_a_reason(
    say: Say, driver: Actor, use: Use, drivers: WorkerGroup, now: datetime
) -> None:
    say(driver, "RS10", "present")
    later = now + timedelta(minutes=5)
    with pytest.raises(Refused, match="why it changed") as refusal:
        say(driver, "RS10", "not_present", at=later)
    assert refusal.value.where == "reason"
    say(driver, "RS10", "not_present", at=later, reason="The plan now comes on Fridays.")
    assert answer_of(use, "RS10", drivers, Side.WORKERS, on=now.date()) is Answer.NOT_PRESENT


@pytest.mark.parametrize(
    ("details", "where"),
    [({}, "person"), ({"person": "Ana"}, "until"), ({"until": date(2026, 12, 1)}, "person")],
)
def test_management_that_is_uncertain_names_who_finds_out_and_by_when(
    say: Say, actor: Callable[..., Actor], details: dict[str, Any], where: str
) -> None:
    with pytest.raises(Refused) as refusal:
        say(actor("use_owner"), "RS10", "uncertain", **details)
    assert refusal.value.where == where


def test_a_worker_may_simply_not_know(say: Say, driver: Actor) -> None:
    assert say(driver, "RS10", "uncertain").until is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"signal": "RS99"}, "signal_not_asked"),
        ({"answer": "not_yet_assessed"}, "answer_missing"),
        ({"answer": "uncertain", "until": date(2026, 1, 1)}, "until_past"),
        ({"group": uuid4()}, "group_not_affected"),
    ],
)
def test_an_answer_that_cannot_stand_is_refused(
    assessment: Assessment,
    actor: Callable[..., Actor],
    now: datetime,
    said: dict[str, Any],
    code: str,
) -> None:
    with pytest.raises(Refused) as refusal:
        make.a_view(assessment, by=actor("people_lead"), at=now, **said)
    assert refusal.value.code == code
    assert not View.objects.exists()


def test_a_link_must_lead_to_a_web_page(say: Say, actor: Callable[..., Actor]) -> None:
    with pytest.raises(Refused) as refusal:
        say(actor("people_lead"), "RS10", "present", link="javascript:alert(1)")
    assert refusal.value.where == "link"


class TestClosing:
    """A worker-side "present" ends only with a reason the workers' side can read."""

    def close(self, use: Use, by: Actor, now: datetime, **details: Any) -> int:
        return actions.close_present(
            organisation=use.organisation,
            by=by,
            at=now + timedelta(hours=1),
            use=use,
            signal="RS10",
            **{"side": "workers", "reason": "Plans now come a week ahead.", **details},
        )

    def test_a_representative_closes_it_with_a_reason(
        self, use: Use, say: Say, driver: Actor, actor: Callable[..., Actor], now: datetime
    ) -> None:
        say(driver, "RS10", "present")
        self.close(use, actor("worker_representative"), now)
        closing = ViewClosing.objects.get()
        assert (closing.by_side, closing.reason) == (
            "representatives",
            "Plans now come a week ahead.",
        )
        assert not PresentSignal.objects.filter(use=use, gone_on__isnull=True).exists()
        page = assessment_page(use, on=now.date())
        notes = [
            note
            for row in (page.rows if page else ())
            for line in row.lines
            for cell in line.cells
            for note in cell.notes
        ]
        assert any("Plans now come a week ahead." in note for note in notes)

    @pytest.mark.parametrize("role", ["use_owner", "people_lead", "executive"])
    def test_management_may_never_close_what_workers_said(
        self,
        use: Use,
        say: Say,
        driver: Actor,
        actor: Callable[..., Actor],
        now: datetime,
        role: str,
    ) -> None:
        say(driver, "RS10", "present")
        with pytest.raises(NotAllowed, match="Only a worker representative"):
            self.close(use, actor(role), now)

    def test_management_closes_its_own(
        self, use: Use, say: Say, actor: Callable[..., Actor], now: datetime
    ) -> None:
        say(actor("people_lead"), "RS10", "present")
        assert self.close(use, actor("use_owner"), now, side="management") == 1

    def test_without_a_reason_nothing_is_closed(
        self, use: Use, say: Say, driver: Actor, actor: Callable[..., Actor], now: datetime
    ) -> None:
        say(driver, "RS10", "present")
        with pytest.raises(Refused, match="Write why"):
            self.close(use, actor("worker_representative"), now, reason="  ")

    def test_an_expert_closes_nothing(
        self, use: Use, say: Say, driver: Actor, actor: Callable[..., Actor], now: datetime
    ) -> None:
        say(driver, "RS10", "present")
        with pytest.raises(NotAllowed):
            self.close(use, actor("expert"), now)

    def test_where_nothing_stands_nothing_is_closed(
        self, use: Use, assessment: Assessment, actor: Callable[..., Actor], now: datetime
    ) -> None:
        with pytest.raises(Refused, match="nothing here"):
            self.close(use, actor("worker_representative"), now)


def test_naming_who_finds_out_cannot_be_set_back_later(
    use: Use,
    say: Say,
    driver: Actor,
    actor: Callable[..., Actor],
    drivers: WorkerGroup,
    now: datetime,
) -> None:
    say(driver, "RS10", "uncertain")
    named = {
        "organisation": use.organisation,
        "by": actor("people_lead"),
        "at": now,
        "use": use,
        "signal": "RS10",
        "person": "Ana",
    }
    assert actions.name_follow_up(**named, until=date(2026, 12, 1)) == 1
    with pytest.raises(Refused, match="has a person and a day"):
        actions.name_follow_up(**named, until=date(2026, 12, 24))
    after = file_of(use).run(on=date(2026, 12, 2))
    assert after.cells["RS10", str(drivers.pk)].present_since == date(2026, 12, 2)


def test_in_a_closed_run_nobody_answers_any_more(
    assessment: Assessment, driver: Actor, now: datetime
) -> None:
    from commonweal_web.record.action import action

    with action("tests.close", organisation=assessment.organisation, by=driver, at=now) as act:
        act.change(assessment, closed_at=now)
    with pytest.raises(Conflict, match="closed"):
        make.a_view(assessment, by=driver, at=now)
