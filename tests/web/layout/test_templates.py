"""Rules that hold for every template of every room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted((ROOT / "src" / "commonweal_web").glob("*/templates/**/*.html"))
STATIC = ROOT / "src" / "commonweal_web" / "layout" / "static"
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)
named = pytest.mark.parametrize(
    "template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "src" / "commonweal_web"))
)


def text_of(template: Path) -> str:
    return COMMENT.sub("", template.read_text(encoding="utf-8"))


@named
def test_no_template_asks_another_site_for_anything(template):
    loads = r"""(?:src|srcset|href|action|poster|data)\s*=\s*["']?\s*(?:https?:)?//"""
    resources = re.findall(
        rf"<(?:script|link|img|iframe|form|source|object)\b[^>]*{loads}", text_of(template)
    )
    assert not resources


@named
def test_no_template_has_inline_script_or_style(template):
    # A sheet is drawn as PDF by a program that may open no file; no browser is ever sent it.
    text = text_of(template).replace("<style>{% sheet_style %}</style>", "")
    assert not re.search(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text)
    runs = r"<script(?![^>]*\ssrc=)(?![^>]*type=\"application/json\")[^>]*>"
    assert not re.search(runs, text)


@named
def test_no_template_grows_beyond_what_can_be_read(template):
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 150


@named
def test_every_static_file_a_template_names_exists(template):
    for name in re.findall(r'{% static "([^"]+)"', text_of(template)):
        assert finders.find(name), name


def test_our_style_sheet_asks_another_site_for_nothing():
    for sheet in STATIC.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "http" not in "".join(re.findall(r"url\(([^)]*)\)", text))
        assert "@import" not in text
        for address in re.findall(r"""url\("([^"]+)"\)""", text):
            assert (sheet.parent / address).is_file(), address


@pytest.mark.parametrize(
    "feature", ["prefers-color-scheme", "forced-colors", "prefers-reduced-motion"]
)
def test_the_style_sheet_honours_what_people_set(feature):
    assert feature in (STATIC / "commonweal" / "commonweal.css").read_text(encoding="utf-8")
