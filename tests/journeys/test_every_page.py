"""Every page of the demo in a real browser: accessible, whole on a phone, without script too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Error, Page, Response

from commonweal_web.operations.sample.story import PASSWORD

pytestmark = pytest.mark.browser
WIDTHS = (1280, 390)
MOST_PAGES = 150
# Signing out ends the walk, files are no pages, and the API speaks to programs.
NOT_WALKED = ("/sign-out/", "/api/", "/static/", ".json", ".csv", ".atom", ".xlsx", ".toml")


@dataclass
class Walk:
    """A walk through all pages that somebody can reach by links, one of each kind."""

    page: Page
    address: str
    known: set[str] = field(default_factory=set)
    waiting: list[str] = field(default_factory=list)

    def pages(self, *starts: str) -> Iterator[str]:
        """Each page once, loaded; links of the page are followed afterwards."""
        self.waiting = [self.address + start for start in starts]
        while self.waiting and len(self.known) < MOST_PAGES:
            url = self.waiting.pop(0)
            kind = kind_of(url)
            if kind in self.known:
                continue
            self.known.add(kind)
            response = self._load(url)
            if response is None or "text/html" not in response.headers.get("content-type", ""):
                continue
            assert response.status < 400, f"{url}: {response.status}"
            yield url
            self._note_links()

    def _load(self, url: str) -> Response | None:
        """The answer at an address; None where a file is offered to be kept."""
        try:
            return self.page.goto(url)
        except Error as error:
            if "Download is starting" in str(error):
                return None
            raise

    def _note_links(self) -> None:
        for link in self.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            url = urldefrag(urljoin(self.page.url, link)).url
            if url.startswith(self.address) and not any(each in url for each in NOT_WALKED):
                self.waiting.append(url)


def kind_of(url: str) -> str:
    """Pages of one kind share an address pattern; the pages of the four uses are all walked."""
    path = urlsplit(url).path
    try:
        match = resolve(path)
    except Resolver404:
        return path
    distinct = match.view_name in {"desk:systems:use", "my:systems:use", "public:disclosure:use"}
    return path if distinct else match.view_name


def sign_in(page: Page, address: str, *, name: str) -> None:
    """Sign in as a person would."""
    page.goto(f"{address}/sign-in/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def faults_of(page: Page, *, width: int) -> list[str]:
    """What is wrong with the page as it is shown now."""
    found = [
        f"{width} px: {violation['id']}: {violation['nodes'][0]['html'][:160]}"
        for violation in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if wide > 0:
        found.append(f"{width} px: {wide} px too wide")
    return found


PEOPLE = [
    ("nadia", ("/desk/",)),
    ("bruno", ("/desk/",)),
    ("hanna", ("/my/",)),
    ("", ("/public/", "/public/northbank/", "/sign-in/")),
]


@pytest.mark.parametrize(("name", "starts"), PEOPLE, ids=[name or "anyone" for name, _ in PEOPLE])
def test_nothing_is_wrong_with_any_page(
    browser: Browser, demo: str, name: str, starts: tuple[str, ...]
) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on(
        "console", lambda message: errors.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    if name:
        sign_in(page, demo, name=name)
    faults: dict[str, list[str]] = {}
    for url in Walk(page, demo).pages(*starts):
        found = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += faults_of(page, width=width)
        if found or errors:
            faults[url] = [*found, *errors]
        errors.clear()
    page.close()
    assert faults == {}


@pytest.mark.parametrize(("name", "starts"), PEOPLE, ids=[name or "anyone" for name, _ in PEOPLE])
def test_every_page_works_without_javascript(
    browser: Browser, demo: str, name: str, starts: tuple[str, ...]
) -> None:
    context: Any = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    if name:
        sign_in(page, demo, name=name)
    broken = []
    walked = 0
    for url in Walk(page, demo).pages(*starts):
        walked += 1
        if page.locator("main h1").count() != 1:
            broken.append(f"{url}: no single heading")
        for form in page.locator("form").all():
            if not form.locator("button, input[type=submit]").count():
                broken.append(f"{url}: a form without a button")
    context.close()
    assert broken == []
    assert walked >= 5
