"""The pages of the record: anyone can check it, and no page tells what a worker did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

import pytest
from django.test import Client

from commonweal.record import open_note, parse_public_key, verify_consistency, verify_inclusion
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import operator
from commonweal_web.people.roles import BY_NAME, ROLES
from commonweal_web.record import queries
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import Erasure, LogLeaf, Witness
from commonweal_web.record.words import WHO
from commonweal_web.workplaces.models import Site
from factories.record import a_checkpoint, a_cosignature, a_row, a_witness

Browse = Callable[..., Client]


@pytest.fixture
def site(organisation: Organisation, actor: Callable[..., Actor], now: datetime) -> Site:
    """A site that a people lead named Ada added and renamed."""
    by = actor("people_lead", name="Ada Marin")
    with action("workplaces.add_site", organisation=organisation, by=by, at=now) as act:
        made = act.create(Site(organisation=organisation, name="Old", country="ES"))
        act.role = "people_lead"
    with action("workplaces.rename_site", organisation=organisation, by=by, at=now) as act:
        act.change(made, name="Harbour")
    return made


def test_the_desk_page_says_size_key_signed_text_and_who_confirms(
    organisation: Organisation, browse: Browse
) -> None:
    client = browse("worker")
    a_cosignature(organisation)
    page = client.get("/desk/record/").content.decode()
    assert queries.log_keys(organisation)[0] in page
    assert "union.example" in page
    assert f"<dd>{queries.size(organisation)}</dd>" in page
    assert "Sign the record now" not in page


def test_the_page_without_witness_or_signature_says_what_that_means(
    organisation: Organisation, client: Client
) -> None:
    page = client.get(f"/public/{organisation.slug}/record/").content.decode()
    assert "could rebuild the whole record" in page
    assert "Not signed yet" in page
    assert client.get(f"/public/{organisation.slug}/record/checkpoint").status_code == 404


def test_a_page_costs_the_same_statements_however_long_the_record_is(
    organisation: Organisation, browse: Browse, django_assert_max_num_queries: Any
) -> None:
    client = browse("people_lead")
    for _ in range(12):
        a_row(Erasure, organisation)
    a_cosignature(organisation)
    for address in ("/desk/record/", "/desk/record/steps/", "/desk/record/steps/3/"):
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


def test_anyone_can_check_the_record_from_its_public_addresses_alone(
    organisation: Organisation, client: Client
) -> None:
    address = f"/public/{organisation.slug}/record"
    a_checkpoint(organisation)
    a_row(Erasure, organisation)
    a_checkpoint(organisation)
    shown = client.get(f"{address}/checkpoints").json()
    keys = dict(parse_public_key(key) for key in shown["log_keys"])
    new, old = (open_note(note, verify_keys=keys)[0] for note in shown["checkpoints"])
    assert client.get(f"{address}/checkpoint").content.decode() == shown["checkpoints"][0]
    assert (
        client.get(f"{address}/checkpoint/{old.size}").content.decode()
        == (shown["checkpoints"][1])
    )
    path = client.get(f"{address}/consistency/{old.size}/{new.size}").json()["path"]
    verify_consistency(
        [bytes.fromhex(each) for each in path],
        old_size=old.size,
        old_root=old.root,
        new_size=new.size,
        new_root=new.root,
    )
    proof = client.get(f"{address}/proof/1/{new.size}").json()
    verify_inclusion(
        [bytes.fromhex(each) for each in proof["path"]],
        leaf_hash=bytes.fromhex(proof["leaf_hash"]),
        index=1,
        size=new.size,
        root=new.root,
    )
    assert client.get(f"{address}/steps/1/").status_code == 200


def test_what_was_never_is_not_found_and_nothing_public_can_be_written(
    organisation: Organisation, client: Client
) -> None:
    address = f"/public/{organisation.slug}/record"
    for path in ("/steps/999/", "/proof/0/999", "/consistency/9/2", "/checkpoint/999"):
        assert client.get(address + path).status_code == 404
    assert client.get("/public/nobody/record/").status_code == 404
    assert client.post(f"{address}/").status_code == 405


def test_no_page_tells_what_a_worker_did(
    organisation: Organisation,
    browse: Browse,
    actor: Callable[..., Actor],
    now: datetime,
    client: Client,
) -> None:
    desk = browse("people_lead")
    by = actor("worker", name="Wanda Worker")
    with action("test.whisper", organisation=organisation, by=by, at=now) as act:
        made = act.create(Site(organisation=organisation, name="Secret place", country="ES"))
    leaf = LogLeaf.objects.get(subject=subject_of(made))
    public = f"/public/{organisation.slug}/record/"
    pages = [
        desk.get("/desk/record/"),
        desk.get("/desk/record/steps/"),
        desk.get(f"/desk/record/steps/{leaf.index}/"),
        client.get(public),
        client.get(f"{public}steps/{leaf.index}/"),
    ]
    told = desk.get(f"/desk/history/{subject_of(made)}/").content.decode()
    assert "the workers’ side" in told
    for page in [*(each.content.decode() for each in pages), told]:
        assert "Wanda" not in page
        assert "Secret place" not in page
    for page in pages:
        assert "whisper" not in page.content.decode()


def test_history_says_who_what_and_when_with_the_proof(site: Site, browse: Browse) -> None:
    page = browse("use_owner").get(f"/desk/history/{subject_of(site)}/").content.decode()
    for words in ("Harbour", "before: Old", "Ada Marin", "a people lead", "23 November 2026"):
        assert words in page
    index = LogLeaf.objects.get(kind="workplaces.rename_site").index
    assert f"/desk/record/steps/{index}/" in page


def test_history_after_a_workers_step_does_not_tell_what_the_worker_wrote(
    organisation: Organisation, actor: Callable[..., Actor], now: datetime, browse: Browse
) -> None:
    by = actor("worker")
    with action("test.note", organisation=organisation, by=by, at=now) as act:
        made = act.create(Site(organisation=organisation, name="Secret", country="ES"))
    with action("test.note", organisation=organisation, by=operator(), at=now) as act:
        act.change(made, name="Open")
    page = browse("people_lead").get(f"/desk/history/{subject_of(made)}/").content.decode()
    assert "Open" in page
    assert "Secret" not in page


def test_the_history_of_a_person_is_for_people_leads_and_administrators_only(
    person: Callable[..., Account], browse: Browse
) -> None:
    address = f"/desk/history/{subject_of(person('worker', name='Wanda'))}/"
    for role in (each.name for each in ROLES):
        expected = 200 if role in {"people_lead", "administrator"} else 403
        assert browse(role).get(address).status_code == expected, role


def test_a_passwords_digest_is_never_shown(person: Callable[..., Account], browse: Browse) -> None:
    account = person("worker", password="a long enough word")
    page = browse("people_lead").get(f"/desk/history/{subject_of(account)}/").content.decode()
    assert account.password not in page
    assert sha256(account.password.encode()).hexdigest() not in page
    assert "<dt>password</dt>" not in page.lower()


def test_the_history_of_another_organisations_row_is_not_here(
    organisation: Organisation, other_organisation: Organisation, browse: Browse
) -> None:
    row = a_row(Site, other_organisation)
    client = browse("people_lead")
    assert client.get(f"/desk/history/{subject_of(row)}/").status_code == 404
    assert client.get("/desk/history/people.apitoken:1/").status_code == 404


def test_every_role_has_words() -> None:
    assert set(WHO) == set(BY_NAME)
    assert {role: WHO[role][0] for role in WHO} == {
        role: found.side for role, found in BY_NAME.items()
    }


def test_a_people_lead_signs_names_a_witness_and_brings_its_signature(
    organisation: Organisation, browse: Browse
) -> None:
    client = browse("people_lead")
    assert client.post("/desk/record/sign/").status_code == 302
    key = Witness.objects.get(pk=a_witness(organisation, name="lawyer").pk).public_key
    twice = client.post("/desk/record/add-witness/", {"public_key": key})
    assert (twice.status_code, "already" in twice.content.decode()) == (422, True)
    wrong = client.post("/desk/record/take-cosignature/", {"note": "no note"})
    assert wrong.status_code == 422
    assert "no note" in wrong.content.decode()
    assert client.get("/desk/record/sign/").status_code == 405


def test_a_witness_is_named_by_form(organisation: Organisation, browse: Browse) -> None:
    from commonweal.record import encode_public_key, new_key

    key = encode_public_key("college", public_key=new_key(b"k" * 32).public_key)
    client = browse("worker_representative")
    assert client.post("/desk/record/add-witness/", {"public_key": key}).status_code == 302
    assert Witness.objects.of(organisation).get().name == "college"


def test_nobody_signed_in_is_sent_to_sign_in(organisation: Organisation, client: Client) -> None:
    for address in ("/desk/record/", "/desk/record/steps/", "/desk/history/x/"):
        assert client.get(address).status_code == 302
