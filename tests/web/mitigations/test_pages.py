"""The pages work, refuse bad input and the wrong person, and cost a fixed number of reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.models import ChangeOrStop, Comment, Mitigation, Risk, RuleFile
from commonweal_web.mitigations.urls import desk
from commonweal_web.organisations.models import Organisation
from factories.mitigations import (
    Workplace,
    a_checked_answer,
    a_judged_risk,
    a_risk,
    a_workplace,
    an_accepted_answer,
    an_answer,
)
from factories.people import a_person

DUE = date(2027, 1, 31)
Browse = Callable[..., Client]
FACETS = ("scale", "scope", "irremediability")
JUDGED = dict.fromkeys(FACETS, "4") | {f"{name}_because": "We saw it." for name in FACETS}


def url(name: str, row: Any) -> str:
    return reverse(f"desk:mitigations:{name}", args=[row.pk])


def post(client: Client, address: str, **typed: Any) -> str:
    """Send a form that is taken, and give the page it leads to."""
    answer = client.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"]).content.decode()


def refused(client: Client, address: str, **typed: Any) -> str:
    answer = client.post(address, typed)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def as_owner(place: Workplace, browse: Browse) -> Client:
    return browse(account=place.owner)


@pytest.fixture
def as_representative(place: Workplace, browse: Browse) -> Client:
    return browse(account=place.representative)


@pytest.fixture
def as_worker(place: Workplace, browse: Browse) -> Client:
    return browse(account=place.worker)


def test_the_queue_shows_three_facets_side_by_side(place: Workplace, as_owner: Client) -> None:
    a_judged_risk(place, facets=(4, 2, 3))
    page = as_owner.get(reverse("desk:mitigations:risks")).content.decode()
    for words in ("Less notice for shift changes", "4 of 5", "2 of 5", "3 of 5", "Drivers"):
        assert words in page
    assert "no accepted answer" in page


def test_an_empty_queue_teaches(as_owner: Client) -> None:
    assert "No risk is on the list yet" in as_owner.get("/desk/risks/").content.decode()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("words=notice", True),
        ("words=canteen", False),
        ("severity_class=2", True),
        ("severity_class=0", False),
        ("state=open", True),
        ("state=answered", False),
        ("state=closed", False),
        ("state=nonsense", True),
        ("use=nonsense", True),
    ],
)
def test_the_queue_is_narrowed(
    place: Workplace, as_owner: Client, asked: str, found: bool
) -> None:
    a_judged_risk(place, facets=(4, 2, 3))
    page = as_owner.get(f"/desk/risks/?{asked}").content.decode()
    assert ("Less notice" in page) == found


def test_the_queue_can_be_taken_along(place: Workplace, as_owner: Client) -> None:
    a_risk(place, title="=cmd|evil")
    answer = as_owner.get("/desk/risks/?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=cmd|evil" in answer.content.decode("utf-8-sig")


def test_a_page_of_the_queue_costs_the_same_for_many(
    place: Workplace, as_owner: Client, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        an_answer(place, a_risk(place, title=f"Risk {number}"))
    with django_assert_max_num_queries(15):
        as_owner.get("/desk/risks/")


def test_a_risk_is_entered_by_hand(place: Workplace, as_owner: Client) -> None:
    page = post(
        as_owner,
        url("new", place.use),
        title="Breaks are moved",
        groups=[str(place.group.pk)],
        source="hand",
    )
    assert "Breaks are moved" in page
    assert Risk.objects.get().for_everyone


def test_a_risk_without_words_keeps_what_was_typed(place: Workplace, as_owner: Client) -> None:
    page = refused(as_owner, url("new", place.use), description="Long story", source="hand")
    assert "Write what could go wrong." in page
    assert "Long story" in page


def test_judging_begins_with_the_kind_of_harm(place: Workplace, as_owner: Client) -> None:
    address = url("judge", a_risk(place))
    page = as_owner.get(address).content.decode()
    assert "Being watched" in page
    page = as_owner.get(f"{address}?harm=surveillance").content.decode()
    assert "Nearly every move, word or message at work is recorded or rated." in page
    assert "These groups have 20 people: that is 2, or 3" in page


def test_judging_by_words_shows_on_the_page(place: Workplace, as_owner: Client) -> None:
    page = post(as_owner, url("judge", a_risk(place)) + "?harm=pace", **JUDGED)
    assert "Breaks or toilet visits are cut short to keep up." in page
    assert "We saw it." in page


def test_judging_without_a_reason_is_shown_at_its_field(
    place: Workplace, as_owner: Client
) -> None:
    typed = {**JUDGED, "scale_because": ""}
    page = refused(as_owner, url("judge", a_risk(place)) + "?harm=pace", **typed)
    assert "Write why, so that others can follow." in page


def test_nobody_knows_yet_is_an_answer(place: Workplace, as_owner: Client) -> None:
    typed = {**JUDGED, "scope": "unknown"}
    post(as_owner, url("judge", a_risk(place)) + "?harm=money&phase=inherent", **typed)
    assert Risk.objects.get().inherent_scope is None


def test_the_way_of_an_answer_through_its_pages(
    place: Workplace, as_owner: Client, as_representative: Client
) -> None:
    risk = a_judged_risk(place)
    group = risk.groups.get().pk
    post(as_owner, url("propose", risk), kind="reduce", text="Fixed plans.", groups=[str(group)])
    answer = Mitigation.objects.get()
    page = as_representative.get(url("risk", risk)).content.decode()
    assert "Accept" in page
    page = post(
        as_representative, url("accept", answer), groups=[str(group)], decision="Minutes 4"
    )
    assert "accepted by its representatives" in page
    due = {"due_day": "31", "due_month": "1", "due_year": "2099"}
    post(as_owner, url("assign", answer), owner=str(place.owner.pk), **due)
    post(as_owner, url("carried_out", answer), note="Switched on.")
    post(as_representative, url("check", answer), is_effective="yes", evidence="We asked.")
    page = as_owner.get(url("risk", risk)).content.decode()
    assert "accepted, checked" in page


def test_a_refusal_and_a_withdrawal_through_their_pages(
    place: Workplace, as_owner: Client, as_representative: Client
) -> None:
    risk = a_judged_risk(place)
    group = str(risk.groups.get().pk)
    answer = an_answer(place, risk)
    page = post(
        as_representative, url("refuse", answer), group=group, reason="Too late.", decision="Nr 4"
    )
    assert "Too late." in page
    other = an_answer(place, risk, text="Second try.")
    assert "Cheaper way." in post(as_owner, url("withdraw", other), reason="Cheaper way.")


def test_change_or_stop_through_its_pages(
    place: Workplace, as_owner: Client, as_representative: Client, as_worker: Client
) -> None:
    risk = a_judged_risk(place)
    post(as_representative, url("nothing_helps", risk), reason="We tried twice.")
    decision = ChangeOrStop.objects.get()
    assert "We tried twice." in as_owner.get(url("decision", decision)).content.decode()
    own = reverse("my:mitigations:risk", args=[risk.pk])
    assert "It is open whether the use is changed" in as_worker.get(own).content.decode()
    typed = {"outcome": "stop", "reason": "It hurts.", "reference": "Board 12"}
    assert "the use is stopped" in post(as_owner, url("decide", decision), **typed)
    assert "Decided: the use is stopped." in as_worker.get(own).content.decode()


def test_a_class_is_lowered_by_two_people(
    place: Workplace, as_owner: Client, as_representative: Client
) -> None:
    risk = a_judged_risk(place, facets=(4, 1, 1))
    page = post(as_owner, url("change_class", risk), to="1", reason="Few people.")
    assert "not signed by enough people" in page
    change = risk.class_changes.get()
    assert "Class: medium" in post(as_representative, url("sign_class", change))


def test_likelihood_comment_and_closing_have_pages(place: Workplace, as_owner: Client) -> None:
    risk = a_judged_risk(place)
    page = post(as_owner, url("likelihood", risk), likelihood="likely", reason="Twice a week.")
    assert "Twice a week." in page
    assert "Look at June." in post(as_owner, url("comment", risk), text="Look at June.")
    assert "Switched off." in post(as_owner, url("close", risk), reason="Switched off.")


def test_rules_are_changed_on_a_page_and_by_a_file(
    place: Workplace, browse: Browse, as_representative: Client
) -> None:
    as_lead = browse(account=place.lead)
    address = reverse("desk:mitigations:new_rules")
    text = queries.shipped_text()
    page = refused(as_lead, address, text=text.replace('"0.2"', "0.2"), reason="Stricter.")
    assert "scale.bands" in page
    post(as_lead, address, text=text.replace("2026.1", "ours.1"), reason="Stricter.")
    file = RuleFile.objects.get()
    assert "Agree for my side" in as_representative.get(url("rule_file", file)).content.decode()
    page = post(as_representative, url("sign_rules", file))
    assert "Version ours.1 counts now" in page


def test_a_rule_file_that_is_no_text_is_refused(place: Workplace, browse: Browse) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("severity.toml", b"\xff\xfe\x00")
    address = reverse("desk:mitigations:new_rules")
    page = refused(browse(account=place.lead), address, file=sent, text="", reason="New.")
    assert "not UTF-8" in page


def test_a_worker_sees_the_risks_of_their_group_and_answers(
    place: Workplace, as_worker: Client, as_owner: Client
) -> None:
    risk = a_judged_risk(place)
    assert risk.title in as_worker.get("/my/risks/").content.decode()
    group = str(risk.groups.get().pk)
    own = reverse("my:mitigations:propose", args=[risk.pk])
    page = post(as_worker, own, kind="reduce", text="Ask us first.", groups=[group])
    assert "(you; only you see this)" in page
    own = reverse("my:mitigations:comment", args=[risk.pk])
    post(as_worker, own, text="My children wait.")
    page = as_owner.get(url("risk", risk)).content.decode()
    assert "Ask us first." in page
    assert "My children wait." in page
    assert place.worker.name not in re.sub(r"<nav.*?</nav>", "", page, flags=re.S).replace(
        "Workers", ""
    ).replace("Worker representative", "")
    assert "only you see this" not in page


def test_small_groups_are_not_named_beside_a_workers_words(
    organisation: Organisation, now: Any, browse: Browse
) -> None:
    place = a_workplace(organisation, at=now, name="Night porters", headcount=3)
    risk = a_judged_risk(place)
    said = {"risk": risk, "text": "It is hard.", "as_worker": True}
    comment = actions.comment_on_risk(**place.by(place.worker), **said)
    assert queries.comments_of(risk) == [Comment.objects.get(pk=comment.pk)]
    page = browse(account=place.owner).get(url("risk", risk)).content.decode()
    before = page.split("It is hard.")[0]
    assert "Night porters" not in before.split("What people say")[1]


def test_a_worker_of_another_group_finds_nothing(place: Workplace, browse: Browse) -> None:
    risk = a_risk(place)
    stranger = browse(account=a_person(place.organisation, "worker", at=place.at))
    assert "No risk is known" in stranger.get("/my/risks/").content.decode()
    assert stranger.get(reverse("my:mitigations:risk", args=[risk.pk])).status_code == 404


def rows_of(place: Workplace) -> dict[str, Any]:
    """A row for every address of the desk that names one."""
    risk = a_judged_risk(place)
    answer = an_answer(place, risk)
    change = actions.change_class(**place.by(place.lead), risk=risk, to=0, reason="Small.")
    actions.say_nothing_helps(**place.by(place.owner), risk=risk, reason="We tried.")
    text = queries.shipped_text().replace("2026.1", "ours.1")
    file = actions.adopt_severity_rules(**place.by(place.lead), text=text, reason="New.")
    answers = ("accept", "refuse", "assign", "carried_out", "check", "withdraw")
    return {
        "new": place.use,
        "sign_class": change,
        "decision": ChangeOrStop.objects.get(),
        "decide": ChangeOrStop.objects.get(),
        "rule_file": file,
        "sign_rules": file,
        **dict.fromkeys(answers, answer),
        **dict.fromkeys(
            (
                "risk",
                "judge",
                "likelihood",
                "change_class",
                "propose",
                "comment",
                "nothing_helps",
                "close",
            ),
            risk,
        ),
    }


def test_another_organisation_finds_none_of_it(
    place: Workplace, other_organisation: Organisation, browse: Browse
) -> None:
    rows = rows_of(place)
    roles = ("use_owner", "people_lead", "worker_representative", "executive", "expert")
    stranger = browse(account=a_person(other_organisation, *roles, at=place.at))
    assert set(rows) == {each.name for each in desk} - {"risks", "rules", "new_rules"}
    for name, row in rows.items():
        method = stranger.post if name.startswith("sign_") else stranger.get
        assert method(url(name, row)).status_code == 404, name


def test_workers_and_strangers_stay_out_of_the_desk(place: Workplace, as_worker: Client) -> None:
    for name, row in rows_of(place).items():
        for client, status in ((as_worker, 403), (Client(), 302)):
            method = client.post if name.startswith("sign_") else client.get
            assert method(url(name, row)).status_code == status, name


def test_no_page_says_score_and_none_multiplies(
    place: Workplace, as_owner: Client, as_worker: Client
) -> None:
    risk = a_judged_risk(place)
    a_checked_answer(place, risk, due=DUE)
    an_accepted_answer(place, risk, due=DUE)
    pages = [
        as_owner.get("/desk/risks/"),
        as_owner.get(url("risk", risk)),
        as_worker.get("/my/risks/"),
        as_worker.get(reverse("my:mitigations:risk", args=[risk.pk])),
    ]
    for page in pages:
        assert page.status_code == 200
        text = re.sub(r"<[^>]+>", " ", page.content.decode()).lower()
        assert not re.search(r"\bscores?\b|\brisk level\b|×", text)


@pytest.mark.parametrize("where", ["queue", "use"])
def test_what_nobody_judged_stands_apart_below_the_gravest(
    place: Workplace, as_owner: Client, where: str
) -> None:
    a_risk(place, title="Nobody has judged this")
    a_judged_risk(place, title="A grave one", facets=(5, 5, 5))
    of_use = reverse("desk:systems:use", args=[place.use.pk])
    page = as_owner.get("/desk/risks/" if where == "queue" else of_use).content.decode()
    gravest, heading = page.index(">A grave one<"), page.index(">Not yet judged</h")
    assert gravest < heading < page.index(">Nobody has judged this<")


def test_what_nobody_judged_is_shown_when_nothing_else_is_there(
    place: Workplace, as_owner: Client
) -> None:
    a_risk(place, title="Nobody has judged this")
    page = as_owner.get("/desk/risks/").content.decode()
    assert page.index(">Not yet judged</h") < page.index(">Nobody has judged this<")
