"""Taking part without an account, by a link that pays, ends and opens nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal_web.job_impact.models import Assessment, Contributor, View
from factories import job_impact as make
from factories.job_impact import day_of, desk, text_of

Browse = Callable[..., Client]


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
        assert "400 EUR" in page
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
