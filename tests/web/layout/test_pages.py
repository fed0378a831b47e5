from __future__ import annotations

import re

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from commonweal_web.layout.style_page import RiskForm
from commonweal_web.layout.views import organisation_colour, style_page

SKELETONS = ("page", "desk", "my", "public", "signin")
ERRORS = ("400", "403", "404", "413", "500", "refused", "form_expired")


def page(render, skeleton, body="", **context):
    extended = f'{{% extends "layout/{skeleton}.html" %}}'
    return render(f"{extended}{{% block title %}}Votes{{% endblock %}}{body}", **context)


@pytest.mark.parametrize("skeleton", SKELETONS)
def test_every_page_has_its_landmarks_and_a_way_past_the_header(render, house, skeleton):
    html = page(render, skeleton, house=house)
    assert '<html lang="en">' in html
    assert "<title>Votes · Northbank Logistics</title>" in html
    assert 'href="#content" class="govuk-skip-link"' in html
    for landmark in ('<header class="bar">', '<main id="content"', '<footer class="foot">'):
        assert html.count(landmark) == 1


def test_a_page_says_which_language_it_is_in(render, house):
    with translation.override("de"):
        assert '<html lang="de">' in page(render, "desk", house=house)
    spanish = page(render, "desk", "{% block language %}es{% endblock %}", house=house)
    assert '<html lang="es">' in spanish


def test_the_navigation_marks_where_one_is(render, house):
    html = page(render, "desk", house=house)
    assert '<a href="/desk/uses" aria-current="page">Uses</a>' in html
    assert '<a href="/desk/practices">Practices</a>' in html


def test_the_footer_says_whose_work_it_is_and_whom_to_ask(render, house):
    html = page(render, "desk", house=house).replace("&#x27;", "'")
    assert "The practices are Partnership on AI's; the words and the software are ours." in html
    assert "Sample data." in html
    assert "people@northbank.example" in html


def test_a_real_organisation_has_no_note_about_sample_data(render, house):
    assert "Sample data." not in page(render, "desk", house={**house, "is_sample": False})


def test_a_page_stands_without_organisation_person_or_context(render):
    html = page(render, "page")
    assert "<title>Votes · Commonweal</title>" in html
    assert "<nav" not in html


def test_the_public_page_is_the_organisations_own_and_has_no_way_into_the_house(render, house):
    html = page(render, "public", house=house)
    assert '<span class="word">Northbank Logistics</span>' in html
    assert "/desk/" not in html
    assert "Sign out" not in html


def test_the_title_of_a_page_with_faults_says_so_first(render, house):
    html = page(render, "desk", house=house, form=RiskForm({}))
    assert "<title>Please look again: Votes" in html


def test_a_message_is_announced_and_an_error_more_urgently(render, house):
    said = [Message(constants.SUCCESS, "Saved."), Message(constants.ERROR, "Not <saved>.")]
    html = page(render, "desk", house=house, messages=said)
    assert '<div class="message message-success" role="status">' in html
    assert '<div class="message message-error" role="alert">' in html
    assert "Not &lt;saved&gt;." in html


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_page_says_what_happened_and_what_to_do_without_any_context(name):
    html = render_to_string(f"{name}.html")
    assert re.search(r"<h1>[^<]{10,}</h1>", html)
    assert len(re.findall(r"<p>[^<]{25,}</p>", html)) >= 2
    assert 'href="/"' in html


@pytest.mark.parametrize("name", ["403", "404", "refused"])
def test_a_refusal_speaks_in_its_own_words(name):
    html = render_to_string(f"{name}.html", {"refusal": {"message": "Only the registrar may."}})
    assert "<p>Only the registrar may.</p>" in html


def test_an_organisations_colour_is_a_style_sheet_that_never_changes():
    response = organisation_colour(RequestFactory().get("/"), "0b5566")
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in response["Cache-Control"]
    assert b"--organisation:#0b5566" in response.content


def test_a_colour_that_is_none_is_not_there():
    with pytest.raises(Http404, match="not written as #rrggbb"):
        organisation_colour(RequestFactory().get("/"), "red")


def test_the_style_page_shows_every_component(settings):
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = []
    html = style_page(RequestFactory().get("/")).content.decode()
    for part in ("rail", "needed", "facts", "proof", "waits", "teach", "pages", "filters", "dots"):
        assert f'class="{part}"' in html, part
    for field in ("radios", "checkboxes", "date-input", "character-count", "password-input"):
        assert f"govuk-{field}" in html, field
