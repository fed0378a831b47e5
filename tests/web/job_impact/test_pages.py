"""The pages: they work, keep what was typed, and show nobody what is not theirs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import commonweal_web.job_impact
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.models import Assessment, Contributor, View, ViewClosing
from commonweal_web.job_impact.queries import all_signals
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Use
from factories import job_impact as make
from factories.people import a_person
from factories.workplaces import a_group

Browse = Callable[..., Client]
READ = ("assessment", "outcome", "contributors", "tasks")


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    """Let the pages read a clock of the test that goes on by a second at each look."""
    seconds = count(8 * 60 * 60)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=next(seconds)))


def desk(name: str, use: Use, *more: object) -> str:
    """The address of a page about a use."""
    return reverse(f"desk:job_impact:{name}", args=[use.pk, *more])


def day_of(name: str, day: date) -> dict[str, str]:
    """A day as a form sends it."""
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def text_of(response: Any) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("role", ["people_lead", "worker_representative", "expert"])
def test_the_desk_may_read_an_assessment(
    browse: Browse, assessment: Assessment, name: str, role: str
) -> None:
    assert browse(role).get(desk(name, assessment.use)).status_code == 200


@pytest.mark.parametrize("name", READ)
def test_a_worker_may_not_read_the_desk_and_a_stranger_is_sent_to_sign_in(
    browse: Browse, assessment: Assessment, name: str
) -> None:
    assert browse("worker").get(desk(name, assessment.use)).status_code == 403
    assert Client().get(desk(name, assessment.use)).status_code == 302


@pytest.mark.parametrize("name", [*READ, "open", "data", "tell", "close", "invite", "compare"])
def test_another_organisation_finds_nothing_here(
    other_organisation: Organisation,
    browse: Browse,
    assessment: Assessment,
    now: datetime,
    name: str,
) -> None:
    stranger = a_person(other_organisation, "people_lead", at=now)
    assert browse(account=stranger).get(desk(name, assessment.use)).status_code == 404


def test_a_use_nobody_assessed_teaches_what_an_assessment_is(browse: Browse, use: Use) -> None:
    page = browse("people_lead").get(desk("assessment", use))
    assert "Open the first assessment" in text_of(page)
    assert "Hours may change" in text_of(page)


def test_the_list_page_names_open_runs_and_tasks(
    browse: Browse, assessment: Assessment, organisation: Organisation, now: datetime
) -> None:
    other = make.an_assessable_use(organisation, at=now, name="Hiring screen")
    actions.reopen_answers(
        organisation=organisation,
        by=make.an_actor(organisation, "people_lead", at=now),
        at=now,
        use=other,
        trigger="model_changed",
        detail="New model.",
    )
    page = text_of(browse("people_lead").get("/desk/assessments/"))
    assert "Shift planner" in page
    assert "Hiring screen" in page
    assert "The model changed" in page


def test_the_people_lead_opens_a_run(browse: Browse, use: Use) -> None:
    lead = browse("people_lead")
    url = desk("open", use)
    assert "Scheduling" in text_of(lead.get(desk("assessment", use)))
    page = lead.post(url, {"scope": "whole", "paid_minutes": "2", "due_on_day": "1"})
    assert page.status_code == 200
    assert not Assessment.objects.exists()
    due = day_of("due_on", date(2028, 1, 1))
    page = lead.post(url, {"scope": "whole", "paid_minutes": "30", **due})
    assert "at most 120 days ahead" in text_of(page)
    due = day_of("due_on", date(2026, 12, 18))
    assert lead.post(url, {"scope": "whole", "paid_minutes": "30", **due}).status_code == 302
    assert Assessment.objects.get().due_on == date(2026, 12, 18)


def test_a_divergence_is_shown_with_each_sides_own_words(
    browse: Browse, say: Any, use: Use, driver: Actor, actor: Callable[..., Actor]
) -> None:
    say(driver, "RS10", "present", words="Tuesday’s plan came on Monday night.")
    say(actor("people_lead"), "RS10", "not_present", words="Plans go out on Thursdays.")
    page = browse("worker_representative").get(desk("assessment", use))
    assert 'class="apart"' in page.content.decode()
    told = text_of(page)
    assert "Tuesday’s plan came on Monday night." in told
    assert "Plans go out on Thursdays." in told
    assert "26 signals are not yet assessed" in told
    by_group = text_of(browse("expert").get(desk("assessment", use) + "?by=group"))
    assert "Drivers" in by_group
    assert "Pickers" in by_group


def test_no_page_shows_how_many_workers_answered_or_when(
    browse: Browse, say: Any, use: Use, drivers: Any, organisation: Organisation, now: datetime
) -> None:
    pages = []
    for _each in range(3):
        say(make.a_worker_actor(organisation, drivers, at=now), "RS10", "present")
        lead = browse("people_lead")
        urls = (desk("assessment", use), desk("signal", use, "RS10"), desk("outcome", use))
        pages.append([_without_forms(lead.get(url)) for url in urls])
    assert pages[0] == pages[1] == pages[2]


def _without_forms(response: Any) -> str:
    return re.sub(r"csrfmiddlewaretoken.*?>", "", text_of(response))


def test_one_signal_shows_question_sides_and_who_spoke_for_an_office(
    browse: Browse, say: Any, use: Use, driver_account: Account, person: Any, actor: Any
) -> None:
    lead = person("people_lead", name="Ida Holm")
    from commonweal_web.people.queries import actor_of

    say(actor_of(lead, on=date(2026, 11, 23)), "RS10", "present", link="https://example.org/plan")
    say(actor_of(driver_account, on=date(2026, 11, 23)), "RS10", "not_present")
    page = text_of(browse("expert").get(desk("signal", use, "RS10")))
    assert "Could it make your working hours harder to plan?" in page
    assert "Ida Holm" in page
    assert driver_account.name not in page
    assert browse("expert").get(desk("signal", use, "RS99")).status_code == 404


def test_a_refused_answer_keeps_what_was_typed(
    browse: Browse, assessment: Assessment, use: Use
) -> None:
    lead = browse("people_lead")
    url = desk("answer", use, "RS10")
    said = {"side": "management", "group": "", "answer": "uncertain", "words": "We do not know."}
    page = lead.post(url, said)
    assert page.status_code == 200
    assert "Name who finds out." in text_of(page)
    assert "We do not know." in page.content.decode()
    assert not View.objects.exists()
    page = lead.post(url, {**said, "answer": "present"})
    assert page.status_code == 302
    assert "/answer/" in page["Location"]
    assert View.objects.get().words == "We do not know."


def test_a_representative_closes_a_present_on_its_page_and_management_cannot(
    browse: Browse, say: Any, use: Use, driver: Actor
) -> None:
    say(driver, "RS10", "present")
    url = desk("close_present", use, "RS10")
    closing = {"side": "workers", "group": "", "reason": "Plans come a week ahead."}
    assert "Select a valid choice" in text_of(browse("people_lead").post(url, closing))
    assert not ViewClosing.objects.exists()
    assert browse("worker_representative").post(url, closing).status_code == 302
    told = text_of(browse("people_lead").get(desk("signal", use, "RS10")))
    assert "closed by Representatives: “Plans come a week ahead.”" in told


def test_the_facts_of_a_stage_are_stated_line_by_line(
    browse: Browse, assessment: Assessment, use: Use
) -> None:
    lead = browse("people_lead")
    page = lead.post(desk("data", use), {"available": "Brochure\nRotas\n", "missing": "Rotas"})
    assert "stands in both lists" in text_of(page)
    assert (
        lead.post(desk("data", use), {"available": "Brochure\n", "missing": ""}).status_code == 302
    )
    assessment.refresh_from_db()
    assert (assessment.data_available, assessment.data_missing) == (["Brochure"], [])


def test_a_run_that_lacks_something_says_so_on_the_closing_page(
    browse: Browse, assessment: Assessment, use: Use
) -> None:
    page = text_of(browse("people_lead").post(desk("close", use), {"outcome": "Done."}))
    assert "Not yet:" in page
    assert "The workers’ side has not spoken yet." in page


def test_two_runs_are_compared(
    browse: Browse,
    organisation: Organisation,
    use: Use,
    assessment: Assessment,
    driver: Actor,
    now: datetime,
) -> None:
    from commonweal_web.record.action import action

    lead = browse("people_lead")
    assert lead.get(desk("compare", use)).status_code == 404
    with action("tests.close", organisation=organisation, by=driver, at=now) as act:
        act.change(assessment, closed_at=now)
    second = make.an_assessment(organisation, at=now + timedelta(minutes=1), use=use)
    make.a_view(second, by=driver, at=now + timedelta(minutes=2))
    page = text_of(lead.get(desk("compare", use)))
    assert "What changed from run 1 to run 2" in page
    assert "Less predictable schedules" in page
    assert lead.get(desk("compare", use) + "?before=1&after=9").status_code == 404


@pytest.mark.parametrize("name", ["assessment", "outcome"])
def test_a_page_costs_the_same_however_much_was_said(
    browse: Browse,
    assessment: Assessment,
    actor: Any,
    now: datetime,
    name: str,
    django_assert_max_num_queries: Any,
) -> None:
    make.every_signal_answered(assessment, by=actor("people_lead"), at=now)
    lead = browse("people_lead")
    with django_assert_max_num_queries(20):
        assert lead.get(desk(name, assessment.use)).status_code == 200


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
        assert list(waiting(actor=driver, organisation=organisation, at=now)) == []


class TestByLink:
    """Somebody without an account takes part through a link made for them."""

    def invited(
        self, assessment: Assessment, now: datetime, **terms: Any
    ) -> tuple[Client, str, Any]:
        usual = {"kind": "applicant", "accepts": False}
        part, secret = make.a_contributor(assessment, at=now, **{**usual, **terms})
        url = reverse("public:job_impact:invitation", args=[assessment.organisation.slug, secret])
        return Client(), url, part

    def test_the_terms_are_told_and_opening_the_link_accepts_nothing(
        self, assessment: Assessment, now: datetime
    ) -> None:
        client, url, part = self.invited(assessment, now)
        page = text_of(client.get(url))
        assert "400.00 EUR" in page
        assert "120 minutes" in page
        assert "18 December 2026" in page
        part.refresh_from_db()
        assert part.accepted_on is None

    def test_they_answer_without_an_account_and_only_their_own_pages_open(
        self, assessment: Assessment, now: datetime
    ) -> None:
        client, url, _part = self.invited(assessment, now)
        home = reverse("public:job_impact:assessment", args=[assessment.organisation.slug])
        assert client.get(home).status_code == 404
        page = client.post(url)
        assert page["Location"] == home
        cookie = page.cookies["cw_part"]
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert cookie["path"] == home
        assert "0 of 27" in text_of(client.get(home))
        question = f"{home}questions/RS10/"
        assert client.post(question, {"answer": "present"}).status_code == 302
        view = View.objects.get()
        assert (view.side, view.contributor_kind) == ("contributors", "applicant")
        assert "Yes, it could" in text_of(client.get(f"{home}answers/"))
        assert client.get(f"{home}outcome/").status_code == 200

    def test_a_worker_with_a_link_speaks_for_workers_of_their_group(
        self, assessment: Assessment, drivers: Any, now: datetime
    ) -> None:
        client, url, _part = self.invited(assessment, now, kind="subject", group=drivers.pk)
        client.post(url)
        home = reverse("public:job_impact:assessment", args=[assessment.organisation.slug])
        client.post(f"{home}questions/RS10/", {"answer": "present"})
        view = View.objects.get()
        assert (view.side, view.group) == ("workers", drivers.pk)
        assert "1 of 27" in text_of(client.get(home))

    def test_an_expert_declares_field_and_ties_before_starting(
        self, assessment: Assessment, now: datetime
    ) -> None:
        client, url, part = self.invited(assessment, now, kind="expert")
        assert "This field is required" in text_of(client.post(url))
        said = {"discipline": "labour law", "tie_to_employer": "", "tie_to_vendor": "Shares"}
        assert client.post(url, said).status_code == 302
        part.refresh_from_db()
        assert not part.as_expert().is_independent
        assert part.as_expert().has_declared

    def test_an_ended_link_opens_nothing(
        self, assessment: Assessment, browse: Browse, now: datetime
    ) -> None:
        client, url, part = self.invited(assessment, now)
        client.post(url)
        end = desk("revoke", assessment.use, part.pk)
        assert browse("use_owner").post(end).status_code == 403
        assert browse("people_lead").post(end).status_code == 302
        home = reverse("public:job_impact:assessment", args=[assessment.organisation.slug])
        assert client.get(url).status_code == client.get(home).status_code == 404

    def test_a_forged_cookie_opens_nothing(self, assessment: Assessment, now: datetime) -> None:
        client, _url, part = self.invited(assessment, now)
        client.cookies["cw_part"] = f"{part.pk}:1abc:forged"
        home = reverse("public:job_impact:assessment", args=[assessment.organisation.slug])
        assert client.get(home).status_code == 404

    def test_after_its_day_a_link_takes_no_answers_but_shows_what_came_of_it(
        self, assessment: Assessment, now: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        client, url, _part = self.invited(assessment, now)
        client.post(url)
        late = now + timedelta(days=60)
        monkeypatch.setattr(timezone, "now", lambda: late)
        client.post(url)
        home = reverse("public:job_impact:assessment", args=[assessment.organisation.slug])
        assert "no longer takes answers" in text_of(client.get(home))
        assert client.get(f"{home}questions/RS10/").status_code == 404
        assert client.get(f"{home}outcome/").status_code == 200

    def test_the_link_is_shown_once_and_its_secret_is_not_stored(
        self, assessment: Assessment, browse: Browse, now: datetime
    ) -> None:
        form = {
            "name": "Jo Finch",
            "kind": "applicant",
            "group": "",
            "fee": "25",
            "minutes": "30",
            "helped_by": "Sam",
            **day_of("payment_due", date(2026, 12, 18)),
        }
        page = browse("worker_representative").post(desk("invite", assessment.use), form)
        secret = re.search(r"/take-part/with/([\w-]+)/", page.content.decode())
        assert secret
        part = Contributor.objects.get()
        assert secret[1] not in part.digest
        assert (part.fee_minor, part.invited_by_side, part.helped_by) == (2500, "workers", "Sam")

    def test_nobody_is_asked_for_nothing(
        self, assessment: Assessment, browse: Browse, now: datetime
    ) -> None:
        form = {"name": "Jo", "kind": "applicant", "fee": "0", "minutes": "30"}
        due = day_of("payment_due", date(2026, 12, 18))
        page = browse("people_lead").post(desk("invite", assessment.use), {**form, **due})
        assert "Nobody takes part for nothing" in text_of(page)
        assert not Contributor.objects.exists()

    def test_a_payment_is_recorded_by_the_people_lead(
        self, assessment: Assessment, browse: Browse, now: datetime
    ) -> None:
        part, _secret = make.a_contributor(assessment, at=now)
        url = desk("pay", assessment.use, part.pk)
        lead = browse("people_lead")
        page = lead.post(url, day_of("paid_on", date(2027, 1, 1)))
        assert "between their yes and today" in text_of(page)
        assert lead.post(url, day_of("paid_on", now.date())).status_code == 302
        part.refresh_from_db()
        assert part.paid_on == now.date()
        assert browse("worker_representative").get(url).status_code == 403


ROOM = Path(commonweal_web.job_impact.__file__).parent
SUMS = re.compile(
    r"\b(?:net|over-?all|total|final|aggregate|combined|weighted|average|mean)[ _-]?"
    r"(?:score|rating|index|grade|impact|result|signals?|risk)\b|\b(?:score|rating_sum|index_of)\b"
    r"|\btraffic[ _-]?light\b|\bpercent_present\b"
    r"|\b(?:risk|signal)_(?:score|total|index|points)\b",
    re.IGNORECASE,
)


NO_SUMS = {
    "facet.score": "one facet of severity, which stays beside the others",
    "There is no score.": "says that there is none",
}
"""Words that name no sum, and why."""


def sums_in(text: str) -> list[str]:
    """What in a text looks like one number for everything people said."""
    for words in NO_SUMS:
        text = text.replace(words, "")
    return [hit.group() for hit in SUMS.finditer(text)]


def sources() -> list[Path]:
    """Every template of the product, every API module, and this room's own code."""
    web = Path(settings.PACKAGE)
    return sorted(
        {*web.glob("*/templates/**/*.html"), *web.glob("*/api*.py"), *ROOM.glob("**/*.py")}
    )


def test_there_is_no_net_score_in_any_template_or_route() -> None:
    found = [
        f"{path.name}: {hit}"
        for path in sources()
        for hit in sums_in(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert len(sources()) > 30


@pytest.mark.parametrize(
    "sample", ["risk_score", "Overall rating", "net impact", "{{ use.score }}"]
)
def test_the_search_for_a_net_score_would_find_one(sample: str) -> None:
    assert sums_in(sample)


def test_no_page_of_an_assessment_sums_up_what_people_said(
    browse: Browse, assessment: Assessment, actor: Any, now: datetime
) -> None:
    make.every_signal_answered(assessment, by=actor("people_lead"), at=now, answer="present")
    page = browse("people_lead").get(desk("assessment", assessment.use))
    assert "present_count" not in page.content.decode()
    assert not sums_in(text_of(page))
    assert not re.search(r"\b\d+ (?:risks?|opportunit\w+|present|benefits?)\b", text_of(page))
