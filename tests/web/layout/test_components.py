from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from commonweal_web.house.paging import Page
from commonweal_web.layout.parts import Fact, Need, Stop, Waiting, rail_stops
from commonweal_web.layout.sides import SIDES, side_named

STAGES = [("identified", "Identified"), ("piloting", "Piloting"), ("in_use", "In use")]


@pytest.mark.parametrize("key", SIDES)
def test_a_side_is_always_shown_with_its_shape_and_its_word(render, key):
    html = render("{% side key %}", key=key)
    assert f'class="side side-{key}"' in html
    assert f'<path d="{SIDES[key].path}"/>' in html
    assert f"</svg>{SIDES[key].word}</span>" in html


def test_no_two_sides_share_a_shape():
    assert len({side.path for side in SIDES.values()}) == len(SIDES) == 4


def test_a_text_in_the_place_of_the_word_keeps_the_word_for_those_who_listen(render):
    html = render('{% side "workers" who %}', who="Depot <council>")
    assert '<span class="govuk-visually-hidden">Workers: </span>Depot &lt;council&gt;' in html


def test_an_unknown_side_is_refused_with_the_ones_there_are():
    with pytest.raises(ValueError, match=r"no side .bosses.\. Use one of: workers"):
        side_named("bosses")


@pytest.mark.parametrize("facet", range(6))
def test_a_facet_fills_as_many_of_five_dots_as_it_says(render, facet):
    html = render("{% dots facet %}", facet=facet)
    assert html.count("<circle") == 5
    assert html.count('class="open"') == 5 - facet
    assert f'<span class="govuk-visually-hidden">{facet} of 5</span>' in html


def test_a_facet_that_nobody_judged_says_so_and_draws_no_dot(render):
    html = render("{% dots None %}")
    assert "not yet judged" in html
    assert "<circle" not in html


@pytest.mark.parametrize("wrong", [6, -1, 2.5, True, "4"])
def test_a_facet_outside_its_scale_is_refused(render, wrong):
    with pytest.raises(ValueError, match="whole number from 0 to 5"):
        render("{% dots facet %}", facet=wrong)


def test_a_tag_is_a_word_in_a_frame(render):
    assert render('{% tag "no answer" kind="gap" %}') == (
        '<strong class="tag tag-gap">no answer</strong>'
    )


def test_there_is_no_green_tick_of_compliance(render):
    with pytest.raises(ValueError, match="no tag 'compliant'"):
        render('{% tag "fine" kind="compliant" %}')


def test_a_day_is_written_without_its_hour(render):
    html = render("{% day at %}", at=datetime(2027, 3, 3, 17, 42, tzinfo=UTC))
    assert html == '<time datetime="2027-03-03">3 March 2027</time>'


def test_an_evening_instant_falls_on_the_day_of_the_readers_zone(render, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    html = render("{% day at %}", at=datetime(2027, 3, 3, 17, 42, tzinfo=UTC))
    assert "4 March 2027" in html


def test_a_day_may_leave_its_year_away_and_none_gives_nothing(render):
    assert ">12 April<" in render("{% day at with_year=False %}", at=date(2027, 4, 12))
    assert render("{% day None %}") == ""


def test_the_rail_tells_done_now_and_ahead_apart_in_words_too(render):
    html = render("{% rail stops %}", stops=rail_stops(STAGES, now="piloting", note="since May"))
    assert html.count("<li") == 3
    assert html.count('aria-current="step"') == 1
    assert 'Identified<span class="govuk-visually-hidden">, done</span>' in html
    assert '<span class="note">since May</span>' in html


def test_only_the_present_stop_carries_the_note():
    stops = rail_stops(STAGES, now="in_use", note="since May")
    assert [stop.note for stop in stops] == ["", "", "since May"]
    assert stops[-1] == Stop("In use", "now", "since May")


def test_a_stage_that_is_not_on_the_rail_is_refused():
    with pytest.raises(ValueError, match="no stage 'flying'; it has identified, piloting, in_use"):
        rail_stops(STAGES, now="flying")


def test_what_is_needed_next_names_whose_move_it_is_and_by_when(render):
    need = Need("Answer it", side="management", url="/risk", due=date(2027, 4, 12))
    html = render("{% needed_next needs %}", needs=[need])
    assert "Needed next" in html
    assert '<a href="/risk">Answer it</a>' in html
    assert "Management" in html
    assert "12 April" in html


def test_with_nothing_needed_it_says_so(render):
    assert "Nothing is needed right now." in render("{% needed_next needs %}", needs=[])


def test_facts_show_marks_tags_and_links(render):
    shown = [Fact("Owner", "Planning", side="management"), Fact("Answer", "gap", tag="gap")]
    html = render('{% facts facts title="Who" %}', facts=[*shown, Fact("Work", "41 h", url="/w")])
    assert "<h2>Who</h2>" in html
    assert "side-management" in html
    assert "tag-gap" in html
    assert '<a href="/w">41 h</a>' in html


def test_facts_without_a_title_are_no_card(render):
    assert "card" not in render("{% facts facts %}", facts=[Fact("a", "b")])


def test_only_the_first_thing_that_waits_has_the_primary_button(render):
    waiting = [Waiting("A", "a", "Open", "/a", is_first=True), Waiting("B", "b", "Open", "/b")]
    html = render("{% waits waiting %}", waiting=waiting)
    assert '<a class="do" href="/a">' in html
    assert '<a class="do second" href="/b">' in html
    assert 'Open<span class="govuk-visually-hidden">: B</span>' in html


def test_an_empty_page_teaches(render):
    html = render('{% empty_state "No votes." why="They decide." step="Call one" url="/call" %}')
    assert "No votes." in html
    assert "They decide." in html
    assert '<a class="do" href="/call">Call one</a>' in html


def test_the_box_of_the_record_invites_to_check(render):
    html = render('{% proof "412 steps." code=code url="/record" %}', code="a\nb<")
    assert '<a href="/record">Check it yourself</a>' in html
    assert "a<br>b&lt;" in html


def test_numbered_pages_keep_the_filters_of_the_address(render):
    page = Page(rows=[], number=7, size=50, total=2133)
    html = render("{% pagination page %}", "/?stage=piloting&page=7", page=page)
    assert 'href="?stage=piloting&amp;page=8" rel="next"' in html
    assert 'href="?stage=piloting&amp;page=6" rel="prev"' in html
    assert html.count('aria-current="page"') == 1
    assert 'aria-label="Page 43"' in html


def test_a_list_of_one_page_has_no_pagination(render):
    page = Page(rows=[], number=1, size=50, total=12)
    assert render("{% pagination page %}", page=page).strip() == ""


def test_cursor_pages_lead_onward_and_back(render):
    html = render('{% cursor_pagination previous="p1" next="n1" %}', "/?stage=x")
    assert 'href="?stage=x&amp;cursor=p1" rel="prev"' in html
    assert 'href="?stage=x&amp;cursor=n1" rel="next"' in html
    assert render("{% cursor_pagination %}").strip() == ""


@pytest.mark.parametrize(
    ("address", "link", "order"),
    [
        ("/?page=3", "?sort=name", ""),
        ("/?sort=name", "?sort=-name", ' aria-sort="ascending"'),
        ("/?sort=-name", "?sort=name", ' aria-sort="descending"'),
    ],
)
def test_a_second_press_on_a_column_turns_its_order_round(render, address, link, order):
    html = render('{% column "Name" sort="name" %}', address)
    assert f'href="{link}"' in html
    assert f'scope="col"{order}>' in html


def test_a_column_that_does_not_sort_has_no_link(render):
    html = render('{% column "People" amount=True %}')
    assert "<a" not in html
    assert 'class="amount"' in html


def test_a_table_keeps_its_meaning_when_its_rows_become_cards(render):
    html = render(
        '{% stacked_table caption="Risks" %}{% columns "Risk" "Answer" %}<tbody>'
        '{% row apart=True %}{% row_heading %}<a href="#r">Less notice</a>{% endrow_heading %}'
        '{% cell "Answer" of_side="workers" %}{{ text }}{% endcell %}{% endrow %}'
        "</tbody>{% endstacked_table %}",
        text="a < b",
    )
    for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in html
    assert 'data-label="Answer"' in html
    assert 'class="apart"' in html
    assert "a &lt; b" in html
    assert '<a href="#r">Less notice</a>' in html


def test_the_way_out_of_a_page_leads_where_the_organisation_says(render):
    html = render('{% leave_page "/weather" %}')
    assert 'href="/weather"' in html
    assert "Leave this page now" in html


def test_months_are_named_in_the_readers_language(render):
    with translation.override("de"):
        assert "März" in render("{% day at %}", at=date(2027, 3, 3))
