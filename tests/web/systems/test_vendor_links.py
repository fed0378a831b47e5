"""A vendor answers by a link: its own words beside ours, on one page, until a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.queries import operator
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.actions import vendor_links as actions
from commonweal_web.systems.models import AiSystem, Claim, Vendor, VendorLink, VendorStatement
from commonweal_web.systems.queries.vendor_links import vendor_actor
from factories.systems import a_use

Acting = Callable[..., Actor]
Browse = Callable[..., Client]


@pytest.fixture
def now() -> datetime:
    """The page asks the clock."""
    return timezone.now()


@pytest.fixture
def claim(organisation: Organisation, now: datetime) -> Claim:
    """What a brochure says of a system that has a vendor."""
    use = a_use(organisation, at=now)
    with action("tests.claim", organisation=organisation, by=operator(), at=now) as act:
        vendor = act.create(Vendor(organisation=organisation, name="Rota GmbH"))
        act.change(use.system, vendor=vendor)
        return act.create(
            Claim(organisation=organisation, use=use, quote="Saves ten hours", source="Brochure")
        )


@pytest.fixture
def system(claim: Claim) -> AiSystem:
    """The system that the claim is about."""
    return AiSystem.objects.get(pk=claim.use.system_id)


@pytest.fixture
def asked(
    system: AiSystem, actor: Acting, organisation: Organisation, now: datetime
) -> actions.NewVendorLink:
    """A link that a people lead made."""
    return actions.ask_vendor(
        organisation=organisation, by=actor("people_lead"), at=now, system=system
    )


def page_of(asked: actions.NewVendorLink) -> str:
    return f"/public/northbank/vendor/{asked.secret}/"


def test_a_vendor_sees_its_product_and_nothing_of_its_uses(
    asked: actions.NewVendorLink, claim: Claim
) -> None:
    text = Client().get(page_of(asked)).content.decode()
    assert "Saves ten hours" in text
    assert "Rota GmbH" in text
    assert claim.use.name not in text.replace(claim.use.system.name, "")


def test_its_words_stand_beside_ours_and_change_nothing(
    asked: actions.NewVendorLink, claim: Claim, browse: Browse
) -> None:
    client, way = Client(), page_of(asked)
    sent = {"about": str(claim.pk), "kind": "corrects", "text": "Five hours, in two trials."}
    assert client.post(way, sent)["Location"] == f"{way}?kept=1"
    client.post(way, {"about": "adds", "text": "A new version comes in May."})
    claim.refresh_from_db()
    assert claim.quote == "Saves ten hours"
    desk = browse("worker_representative").get(f"/desk/systems/{claim.use.system_id}/vendor/")
    for words in ("Five hours, in two trials.", "A new version comes in May.", "Saves ten hours"):
        assert words in desk.content.decode()
    kept = VendorStatement.objects.get(kind="corrects")
    assert (kept.claim_id, kept.claim_quote) == (claim.pk, "Saves ten hours")


def test_its_words_stand_on_the_page_of_the_use_beside_the_claim_they_speak_of(
    asked: actions.NewVendorLink, claim: Claim, browse: Browse
) -> None:
    sent = {"about": str(claim.pk), "kind": "corrects", "text": "Five hours, in two trials."}
    Client().post(page_of(asked), sent)
    page = browse("people_lead").get(reverse("desk:systems:claims", args=[claim.use_id]))
    beside = page.content.decode().partition("“Saves ten hours”")[2].partition("</section>")[0]
    assert "Five hours, in two trials." in beside


def test_a_link_takes_so_many_statements_and_no_flood(
    asked: actions.NewVendorLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_SAID", 2)
    client, way = Client(), page_of(asked)
    for number in range(4):
        answer = client.post(way, {"about": "adds", "text": f"Statement {number}."})
    assert "taken all it can" in answer.content.decode()
    assert VendorStatement.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kind": "corrects", "text": ""}, "Write what is right in your view."),
        ({"kind": ""}, "Say whether this is right."),
        ({"kind": "adds", "text": "x"}, "adds"),
    ],
)
def test_an_answer_that_says_nothing_is_not_kept(
    asked: actions.NewVendorLink, claim: Claim, sent: dict[str, str], said: str
) -> None:
    answer = Client().post(page_of(asked), {"about": str(claim.pk), **sent})
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not VendorStatement.objects.exists()


def test_a_link_that_ran_out_was_ended_or_never_was_gets_one_page(
    asked: actions.NewVendorLink,
    system: AiSystem,
    actor: Acting,
    organisation: Organisation,
    now: datetime,
) -> None:
    lead = actor("people_lead")
    ended = actions.ask_vendor(organisation=organisation, by=lead, at=now, system=system)
    actions.end_vendor_link(organisation=organisation, by=lead, at=now, link=ended.link)
    early = now - timedelta(days=40)
    expired = actions.ask_vendor(organisation=organisation, by=lead, at=early, system=system)
    addresses = [page_of(ended), page_of(expired), "/public/northbank/vendor/neverwas/"]
    answers: list[Any] = [Client().get(each) for each in addresses]
    assert {each.status_code for each in answers} == {404}
    assert len({each.content for each in answers}) == 1
    assert Client().post(page_of(ended), {"about": "adds", "text": "x"}).status_code == 404


def test_a_link_of_one_organisation_opens_nothing_in_another(
    asked: actions.NewVendorLink, other_organisation: Organisation
) -> None:
    way = page_of(asked).replace("northbank", other_organisation.slug)
    assert Client().get(way).status_code == 404


def test_the_secret_is_shown_once_and_only_its_digest_is_kept(
    system: AiSystem, browse: Browse
) -> None:
    client = browse("people_lead")
    way = f"/desk/systems/{system.pk}/vendor/"
    day = timezone.now() + timedelta(days=20)
    sent = {
        "expires_on_day": day.day,
        "expires_on_month": day.month,
        "expires_on_year": day.year,
    }
    made = client.post(way, sent).content.decode()
    assert "/public/northbank/vendor/" in made
    assert "/public/northbank/vendor/" not in client.get(way).content.decode()
    assert len(VendorLink.objects.get().digest) == 64


def test_a_link_works_for_four_months_at_most_and_needs_a_vendor(
    system: AiSystem, actor: Acting, organisation: Organisation, now: datetime
) -> None:
    lead = actor("people_lead")
    for days in (0, 121):
        with pytest.raises(Refused, match="120 days"):
            actions.ask_vendor(
                organisation=organisation,
                by=lead,
                at=now,
                system=system,
                expires_on=now.date() + timedelta(days=days),
            )
    with action("tests.own", organisation=organisation, by=operator(), at=now) as act:
        act.change(system, vendor=None)
    with pytest.raises(Refused, match="who the vendor"):
        actions.ask_vendor(organisation=organisation, by=lead, at=now, system=system)


def test_only_a_vendor_s_link_speaks_for_the_vendor(
    asked: actions.NewVendorLink, actor: Acting, organisation: Organisation, now: datetime
) -> None:
    more: dict[str, Any] = {"organisation": organisation, "at": now, "link": asked.link}
    with pytest.raises(NotAllowed):
        actions.state_as_vendor(**more, by=actor("people_lead"), kind="adds", text="Fine.")
    late = more | {"at": now + timedelta(days=31)}
    with pytest.raises(NotHere):
        actions.state_as_vendor(**late, by=vendor_actor(asked.link), kind="adds", text="Fine.")


@pytest.mark.parametrize("role", ["worker", "registrar", "expert", "executive"])
def test_others_make_no_links(role: str, browse: Browse, system: AiSystem) -> None:
    assert browse(role).post(f"/desk/systems/{system.pk}/vendor/", {}).status_code == 403
