"""What people typed is shown in the reader's language where it is there, and else says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.languages.actions import translate_text
from commonweal_web.languages.models import Translation
from commonweal_web.languages.queries import languages_wanted, text_named, texts_of_use
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of
from commonweal_web.systems.models import Use
from factories.mitigations import a_risk, a_workplace
from factories.systems import a_use
from factories.workplaces import a_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def use(organisation: Organisation, now: datetime) -> Use:
    return a_use(organisation, at=now, name="Shift planner", purpose="It plans shifts.")


@pytest.fixture
def say(
    organisation: Organisation, use: Use, actor: Callable[..., Actor], now: datetime
) -> Callable[..., Translation]:
    def one(text: str = "Planifica los turnos.", **given: Any) -> Translation:
        asked = {"subject": subject_of(use), "field": "purpose", "language": "es", **given}
        by = asked.pop("by", None) or actor("people_lead")
        return translate_text(organisation=organisation, by=by, at=now, text=text, **asked)

    return one


def shown(organisation: Organisation, use: Use, *, language: str, tag: str = "") -> str:
    request = RequestFactory().get("/")
    request.organisation = organisation  # type: ignore[attr-defined]
    template = Template("{% load typed %}" + (tag or '{% typed use "purpose" %}'))
    with translation.override(language):
        return template.render(Context({"request": request, "use": use, "uses": [use]}))


def test_the_reader_sees_their_language_and_else_the_original_that_says_so(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    assert shown(organisation, use, language="en") == "It plans shifts."
    missing = shown(organisation, use, language="es")
    assert '<span lang="en">It plans shifts.</span>' in missing
    assert 'class="says"' in missing
    say()
    assert shown(organisation, use, language="es") == "Planifica los turnos."
    assert 'lang="en"' in shown(organisation, use, language="de")


def test_a_changed_original_puts_its_translation_out_of_date(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    say()
    use.purpose = "It plans shifts and breaks."
    assert '<span lang="en">It plans shifts and breaks.</span>' in shown(
        organisation, use, language="es"
    )


def test_what_a_machine_made_is_said_to_readers(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    say(is_machine_made=True)
    assert 'Planifica los turnos. <span class="says">' in shown(organisation, use, language="es")


def test_typed_and_translated_texts_are_never_markup(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    say("<b>Turnos</b>")
    assert "<b>" not in shown(organisation, use, language="es")
    use.purpose = "<i>Shifts</i>"
    assert "<i>" not in shown(organisation, use, language="es")


def test_a_list_costs_one_statement_and_readers_of_the_original_none(
    organisation: Organisation,
    use: Use,
    say: Callable[..., Translation],
    django_assert_num_queries: Any,
) -> None:
    say()
    tag = (
        '{% for each in uses %}{% typed each "purpose" among=uses %}'
        '{% typed each "name" %}{% endfor %}'
    )
    with django_assert_num_queries(1):
        shown(organisation, use, language="es", tag=tag)
    with django_assert_num_queries(0):
        shown(organisation, use, language="en", tag=tag)


def test_each_side_gives_its_own_words_only(
    use: Use, say: Callable[..., Translation], actor: Callable[..., Actor]
) -> None:
    for role in ("worker_representative", "worker", "use_owner"):
        with pytest.raises(NotAllowed):
            say(by=actor(role))


def test_neither_side_gives_the_words_of_an_expert(
    organisation: Organisation, person: Callable[..., Account], now: datetime
) -> None:
    place = a_workplace(organisation, at=now)
    risk = a_risk(place, by=person("expert"))
    texts = texts_of_use(organisation, use=place.use, language="es")
    assert subject_of(risk) not in {each.subject for each in texts}
    with pytest.raises(NotHere):
        text_named(organisation, subject=subject_of(risk), field="own_title", language="es")


def test_what_cannot_be_translated_is_refused(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    with pytest.raises(Refused, match="Write the text"):
        say("  ")
    with pytest.raises(Refused, match="already"):
        say(language="en")
    for odd in (
        {"field": "stage"},
        {"subject": "people.account:1"},
        {"subject": "systems.use:none"},
        {"subject": "systems.use:00000000-0000-4000-8000-000000000000"},
        {"language": "xx"},
    ):
        with pytest.raises(NotHere):
            say(**odd)


def test_a_text_of_another_organisation_is_not_here(
    other_organisation: Organisation, use: Use
) -> None:
    with pytest.raises(NotHere):
        text_named(other_organisation, subject=subject_of(use), field="purpose", language="es")


def test_given_anew_it_takes_the_place_of_what_was_there(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    say()
    say("Hace los turnos.")
    (row,) = Translation.objects.of(organisation)
    assert (row.text, row.side) == ("Hace los turnos.", "management")


def test_the_states_are_told_for_each_text(
    organisation: Organisation, use: Use, say: Callable[..., Translation]
) -> None:
    say()
    states = {
        each.field: each.state for each in texts_of_use(organisation, use=use, language="es")
    }
    assert states["purpose"] == "translated"
    assert states["name"] == "missing"


def test_only_languages_of_the_sites_are_asked_for(
    organisation: Organisation, now: datetime
) -> None:
    a_site(organisation, at=now, languages=("es", "ar", "en"))
    assert languages_wanted(organisation) == ["es"]


def test_the_page_shows_the_original_beside_the_field_and_stores_what_is_written(
    organisation: Organisation, use: Use, browse: Callable[..., Client], now: datetime
) -> None:
    a_site(organisation, at=now, languages=("es",))
    lead = browse("people_lead")
    assert "Shift planner" in lead.get(reverse("desk:languages:texts")).content.decode()
    page = lead.get(reverse("desk:languages:use", args=[use.pk])).content.decode()
    assert "It plans shifts." in page
    address = (
        reverse("desk:languages:translate", args=[use.pk])
        + f"?subject={subject_of(use)}&field=purpose&to=es"
    )
    assert "It plans shifts." in lead.get(address).content.decode()
    assert lead.post(address, {"text": "Planifica."}).status_code == 302
    assert Translation.objects.of(organisation).get().text == "Planifica."
    kept = browse("worker_representative").post(address, {"text": "Otra cosa."})
    assert kept.status_code == 403
