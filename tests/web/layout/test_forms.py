from __future__ import annotations

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from commonweal_web.layout.fields import DayField
from commonweal_web.layout.form_parts import kind_of
from commonweal_web.layout.style_page import RiskForm, SearchForm


def test_every_field_is_labelled_and_its_error_is_tied_to_its_control(render):
    html = render("{% field form.name %}", form=RiskForm({}))
    assert '<label class="govuk-label" for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'class="govuk-input govuk-input--error"' in html


def test_what_was_typed_is_kept_when_something_else_is_wrong(render):
    html = render("{% field form.name %}", form=RiskForm({"name": "Less <notice>"}))
    assert 'value="Less &lt;notice&gt;"' in html


def test_only_a_field_that_may_be_left_empty_says_optional(render):
    form = RiskForm()
    assert "(optional)" in render("{% field form.story %}", form=form)
    assert "(optional)" not in render("{% field form.name %}", form=form)
    assert "(optional)" not in render("{% filter_form form %}", form=SearchForm())


def test_a_long_text_with_a_limit_counts_its_characters(render):
    html = render("{% field form.story %}", form=RiskForm())
    assert 'data-module="govuk-character-count" data-maxlength="400"' in html
    assert "You can write up to 400 characters" in html
    assert "%{count} characters left" in html


def test_choices_stand_in_a_fieldset_and_can_be_explained_one_by_one(render):
    form = RiskForm({"likelihood": "occurring", "sites": ["mill"]})
    html = render("{% field form.likelihood hints=hints %}", form=form, hints={"rare": "Unseen."})
    assert "<fieldset" in html
    assert 'value="occurring" checked' in html
    assert 'id="id_likelihood_0_hint"' in html
    assert "Unseen." in html
    assert 'type="checkbox" value="mill" checked' in render("{% field form.sites %}", form=form)


def test_a_password_can_be_shown_but_its_button_waits_for_javascript(render):
    html = render("{% field form.secret %}", form=RiskForm())
    assert 'type="password"' in html
    assert "hidden>Show</button>" in html


def test_a_label_can_be_the_heading_of_the_page(render):
    assert "<h1" in render("{% field form.name heading=True %}", form=RiskForm())
    assert "<h1" in render("{% field form.likelihood heading=True %}", form=RiskForm())


def test_the_error_summary_links_every_fault_to_the_control_that_mends_it(render):
    form = RiskForm({"seen_on_day": "31", "seen_on_month": "4", "seen_on_year": "2027"})
    html = render(
        "{% error_summary form %}{% for each in form %}{% field each %}{% endfor %}", form=form
    )
    for target in ("id_name", "id_group", "id_likelihood_0", "id_seen_on_0", "id_secret"):
        assert f'<a href="#{target}">' in html
        assert f'id="{target}"' in html


def test_a_fault_of_the_whole_form_is_listed_without_a_link(render):
    form = RiskForm({})
    form.add_error(None, "These two do not fit together.")
    assert "<li>These two do not fit together.</li>" in render(
        "{% error_summary form %}", form=form
    )


def test_a_form_without_faults_has_no_summary(render):
    assert render("{% error_summary form %}", form=RiskForm()).strip() == ""


def test_a_widget_without_a_template_is_refused_by_name():
    class Odd(forms.Form):
        when = forms.SplitDateTimeField()

    with pytest.raises(TypeError, match="'when' uses SplitDateTimeWidget"):
        kind_of(Odd()["when"])


def test_a_filter_keeps_the_order_of_the_list(render):
    html = render("{% filter_form form %}", "/?sort=-name", form=SearchForm())
    assert '<input type="hidden" name="sort" value="-name">' in html
    assert 'method="get"' in html
    assert "Show all" in html


class DayForm(forms.Form):
    day = DayField(required=False)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_of_the_calendar_comes_back_as_it_was_typed(day):
    typed = {"day_day": f" {day.day}", "day_month": f"{day.month:02}", "day_year": str(day.year)}
    form = DayForm(typed)
    assert form.is_valid()
    assert form.cleaned_data["day"] == day


@pytest.mark.parametrize("parts", [("31", "4", "2027"), ("x", "4", "2027"), ("", "4", "2027")])
def test_a_day_that_is_not_in_the_calendar_is_explained_and_kept(render, parts):
    form = DayForm(dict(zip(("day_day", "day_month", "day_year"), parts, strict=True)))
    assert form.errors["day"] == ["This is not a day of the calendar. Write it like 27 3 2027."]
    html = render("{% field form.day %}", form=form)
    assert f'name="day_day" type="text" inputmode="numeric" value="{parts[0]}"' in html


def test_no_day_is_no_day_rather_than_a_fault():
    form = DayForm({})
    assert form.is_valid()
    assert form.cleaned_data["day"] is None


def test_a_known_day_fills_its_three_fields(render):
    html = render("{% field form.day %}", form=DayForm(initial={"day": date(2027, 3, 27)}))
    for value in ("27", "3", "2027"):
        assert f'inputmode="numeric" value="{value}"' in html
