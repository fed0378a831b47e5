"""The style page in a real browser: what axe finds, how it fits, what works without JavaScript."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from commonweal_web.layout.colour import organisation_style_sheet
from commonweal_web.layout.style_page import style_page_context

# The `base_url` fixture of the browser plugin is written in a way that pytest 10 will refuse.
OF_THE_PLUGIN = "ignore:Session-scoped fixtures defined as instance methods"
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings(OF_THE_PLUGIN)]
LOUD = {"error", "warning"}


class Strict(SimpleHTTPRequestHandler):
    """Serves a folder quietly under the policy that the house sends."""

    def end_headers(self) -> None:
        directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
        policy = "; ".join(" ".join([name, *sources]) for name, sources in directives)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def address(tmp_path: Path, checkout: Path, house: dict[str, Any]) -> Iterator[str]:
    static = checkout / "src/commonweal_web/layout/static"
    shutil.copytree(static, tmp_path / "static")
    request = RequestFactory().get("/?sort=name")
    context = {**style_page_context(), "house": {**house, "account": None}}
    html = render_to_string("layout/style_page.html", context | {"request": request})
    sheet = tmp_path / "public" / "colour" / "0b5566.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(organisation_style_sheet("#0b5566"), encoding="utf-8")
    (tmp_path / "style.html").write_text(html, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Strict, directory=str(tmp_path)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/style.html"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_on_the_style_page(new_context, address, scheme, width):
    page = new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
    ).new_page()
    page.goto(address)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_nothing_on_the_page_breaks_the_content_policy(new_context, address):
    page = new_context().new_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type in LOUD and complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto(address, wait_until="networkidle")
    assert complaints == []
    assert page.locator("body.govuk-frontend-supported").count() == 1
    assert page.get_by_role("button", name="Show password").count() == 2


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_screen_never_scrolls_sideways(new_context, address, width):
    page = new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_way_to_act_is_large_enough_for_a_thumb(new_context, address):
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(address)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.do, .govuk-button, .pages a, .bar a, summary')]
        .filter(each => each.offsetHeight > 0 && each.offsetHeight < 44)
        .map(each => each.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_without_javascript_the_form_and_the_table_are_all_there(new_context, address):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(address)
    assert page.get_by_text("You can write up to 400 characters").first.is_visible()
    assert page.get_by_role("rowheader", name="Less notice for shift changes").is_visible()
    assert page.locator("#id_secret").is_visible()
    assert not page.locator(".govuk-password-input__toggle").first.is_visible()


def test_a_row_that_became_a_card_is_still_a_row_to_a_screen_reader(new_context, address):
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(address)
    assert page.get_by_role("table", name="Risk").get_by_role("row").count() == 4
