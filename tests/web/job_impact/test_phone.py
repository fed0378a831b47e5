"""A worker answers on a phone; nobody else sees that they did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse

from commonweal_web.job_impact import actions
from commonweal_web.job_impact.models import Assessment, View
from commonweal_web.job_impact.queries import all_signals
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.actor import Actor
from factories import job_impact as make
from factories.job_impact import desk, text_of
from factories.workplaces import a_group

Browse = Callable[..., Client]


class TestOnThePhone:
    """A worker answers one question at a time, and each answer is stored at once."""

    def url(self, name: str, assessment: Assessment, *more: str) -> str:
        return reverse(f"my:job_impact:{name}", args=[assessment.pk, *more])

    def test_a_worker_answers_stops_and_comes_back(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        first = text_of(mine.get(self.url("assessment", assessment)))
        assert "27 short questions" in first
        assert "0 of 27, about 14 minutes left" in first
        page = mine.post(self.url("question", assessment, "RS10"), {"answer": "present"})
        assert page.status_code == 302
        assert View.objects.get().side == "workers"
        assert "1 of 27" in text_of(mine.get(self.url("assessment", assessment)))
        assert "Yes, it could" in text_of(mine.get(self.url("answers", assessment)))

    def test_evidence_about_a_run_leads_a_worker_back_to_it(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        about = reverse("my:evidence:about", args=["job_impact.assessment", assessment.pk])
        page = mine.get(about).content.decode()
        assert self.url("assessment", assessment) in page

    def test_without_an_answer_nothing_is_stored_and_the_words_are_kept(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        page = mine.post(self.url("question", assessment, "RS10"), {"words": "Late plans."})
        assert "“I don’t know” is one too" in text_of(page)
        assert "Late plans." in page.content.decode()
        assert not View.objects.exists()

    def test_after_four_minutes_the_page_offers_a_break(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        for signal in all_signals()[:8]:
            url = self.url("question", assessment, signal)
            page = mine.post(url, {"answer": "uncertain"})
        assert page["Location"] == self.url("assessment", assessment)
        assert "good place for a break" in text_of(mine.get(page["Location"]))

    def test_taking_back_a_yes_asks_what_has_changed(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        url = self.url("question", assessment, "RS10")
        mine.post(url, {"answer": "present"})
        page = mine.post(url, {"answer": "not_present", "reason": ""})
        assert "Write why it changed" in text_of(page)
        assert mine.post(url, {"answer": "not_present", "reason": "Fixed."}).status_code == 302
        assert View.objects.count() == 2

    def test_a_helper_is_named_beside_the_answer(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        url = self.url("question", assessment, "RS10")
        mine.post(url, {"answer": "present", "helped_by": "Amal"})
        assert "with the help of Amal" in text_of(mine.get(self.url("answers", assessment)))

    def test_a_worker_sees_what_came_of_it_with_the_reasons_of_closings(
        self,
        browse: Browse,
        say: Any,
        assessment: Assessment,
        driver_account: Account,
        actor: Any,
        now: datetime,
    ) -> None:
        say(actor("expert"), "RS13", "present", words="It records every scan.")
        page = text_of(browse(account=driver_account).get(self.url("outcome", assessment)))
        assert "It records every scan." in page
        assert "Detailed monitoring" in page

    def test_somebody_the_use_does_not_touch_finds_nothing(
        self, browse: Browse, assessment: Assessment, organisation: Organisation, now: datetime
    ) -> None:
        other = make.a_worker(organisation, a_group(organisation, at=now), at=now)
        for name in ("assessment", "answers", "outcome", "tasks"):
            assert browse(account=other).get(self.url(name, assessment)).status_code == 404
        assert browse("people_lead").get(self.url("assessment", assessment)).status_code == 403

    def test_colleagues_do_not_see_each_others_answers_as_theirs(
        self,
        browse: Browse,
        say: Any,
        assessment: Assessment,
        driver: Actor,
        driver_account: Account,
    ) -> None:
        say(driver, "RS10", "present")
        page = text_of(browse(account=driver_account).get(self.url("answers", assessment)))
        assert "Yes, it could" not in page

    def test_job_holders_name_and_rate_their_tasks(
        self, browse: Browse, assessment: Assessment, driver_account: Account
    ) -> None:
        mine = browse(account=driver_account)
        assert (
            mine.post(self.url("tasks", assessment), {"name": "Load the van"}).status_code == 302
        )
        task = assessment.use.job_tasks.get()
        url = self.url("rate", assessment, str(task.pk))
        assert "This field is required" in text_of(mine.post(url, {}))
        said = {"is_core": "yes", "is_liked": "", "share_percent": "40"}
        assert mine.post(url, said).status_code == 302
        assert "You say: core of my job" in text_of(mine.get(self.url("tasks", assessment)))
        assert "too few have said" in text_of(
            browse("people_lead").get(desk("tasks", assessment.use))
        )

    def test_what_job_holders_say_is_told_once_five_have_spoken(
        self,
        browse: Browse,
        assessment: Assessment,
        organisation: Organisation,
        drivers: Any,
        now: datetime,
    ) -> None:
        actors = [make.a_worker_actor(organisation, drivers, at=now) for _each in range(5)]
        by = {"organisation": organisation, "at": now}
        task = actions.add_task(
            **by, by=actors[0], use=assessment.use, group=drivers, name="Load the van"
        )
        for place, one in enumerate(actors):
            told = text_of(browse("people_lead").get(desk("tasks", assessment.use)))
            assert "too few have said" in told
            actions.rate_task(**by, by=one, task=task, is_core=place != 0, share_percent=30)
        told = text_of(browse("people_lead").get(desk("tasks", assessment.use)))
        assert "30 %" in told
        assert "yes" in told

    def test_what_waits_is_told_to_the_worker_until_it_is_done(
        self, assessment: Assessment, organisation: Organisation, driver: Actor, now: datetime
    ) -> None:
        from commonweal_web.job_impact.queries.house import waiting

        (card,) = waiting(actor=driver, organisation=organisation, at=now)
        assert "Shift planner" in str(card.title)
        for signal in all_signals():
            make.a_view(assessment, by=driver, at=now, signal=signal, answer="not_present")
        (done,) = waiting(actor=driver, organisation=organisation, at=now)
        assert done.is_done, "its day stays in the calendar, so that nobody sees who answered"
