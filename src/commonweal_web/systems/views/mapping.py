"""Saying what the columns of a list mean, beginning with a guess from its first rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.systems.inventory.mapping import FieldRule, RegisterFormat
from commonweal.systems.inventory.mapping_file import parse_mapping
from commonweal.systems.inventory.mapping_text import to_toml
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal.systems.inventory.suggest import DraftMapping, suggest_mapping
from commonweal.systems.inventory.table import Table
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.systems import uploads
from commonweal_web.systems.forms.registers import TARGET_TITLES, ColumnsForm, MappingFileForm
from commonweal_web.systems.permissions import IMPORT_USES
from commonweal_web.systems.views.answers import trail_to

SAMPLES = 3


@require_http_methods(["GET", "HEAD", "POST"])
@needs(IMPORT_USES)
def mapping(request: PersonRequest, code: str) -> HttpResponse:
    """Confirm or correct which column fills which field; or send a corrected mapping file."""
    upload = uploads.REGISTERS.kept(code, actor=request.actor)
    table = uploads.table_of(upload)
    draft = suggest_mapping(table, name=_name_of(upload))
    known = _known(upload, draft=draft)
    columns = ColumnsForm(request.POST or None, columns=table.columns, draft=known)
    file = MappingFileForm(auto_id="file_%s")
    if request.method == "POST" and columns.is_valid():
        uploads.explain(upload, mapping=to_toml(chosen_format(columns, draft=known)))
        return redirect("desk:systems:preview", code=code)
    return _page(request, upload=upload, table=table, draft=draft, form=columns, file=file)


def _name_of(upload: uploads.Upload) -> str:
    return slugify(upload.name.rsplit(".", 1)[0])[:100] or "register"


def _known(upload: uploads.Upload, *, draft: DraftMapping) -> RegisterFormat:
    """What was said of the columns before, else the guess."""
    return uploads.format_of(upload) if upload.is_explained else draft.register_format


def chosen_format(form: ColumnsForm, *, draft: RegisterFormat) -> RegisterFormat:
    """The format with the columns that were chosen.

    A field keeps its translation of values where its column stayed the same.
    """
    fields: dict[str, FieldRule] = {}
    for target, position in form.chosen.items():
        known = draft.fields.get(target)
        fields[target] = (
            known
            if known and position in known.columns
            else FieldRule(
                columns=(position,),
                required=target == "name",
                default="identified" if target == "stage" else None,
            )
        )
    return replace(
        draft,
        name=form.cleaned_data["title"],
        description=_("Columns chosen by hand"),
        identity=tuple(int(each) for each in form.cleaned_data["identity"]),
        fields=fields,
    )


def _page(
    request: PersonRequest,
    *,
    upload: uploads.Upload,
    table: Table,
    draft: DraftMapping,
    form: ColumnsForm,
    file: MappingFileForm,
) -> HttpResponse:
    guesses = [(TARGET_TITLES[each.target], each.column, each.because) for each in draft.guesses]
    context = {
        "upload": upload,
        "form": form,
        "file": file,
        "guesses": guesses,
        "samples": _samples(table),
        "trail": trail_to((upload.name, "")),
    }
    return render(request, "systems/mapping.html", context)


def _samples(table: Table) -> list[tuple[Any, list[str]]]:
    """Each column with its first different values that say something."""
    found = []
    for place, column in enumerate(table.columns):
        values = (row[place] for row in table.rows[:200] if place < len(row))
        different = dict.fromkeys(value.strip() for value in values if value.strip())
        found.append((column, [value[:60] for value in list(different)[:SAMPLES]]))
    return found


@require_http_methods(["POST"])
@needs(IMPORT_USES)
def send_mapping(request: PersonRequest, code: str) -> HttpResponse:
    """Take a corrected mapping file for a list that waits."""
    upload = uploads.REGISTERS.kept(code, actor=request.actor)
    file = MappingFileForm(request.POST, request.FILES, auto_id="file_%s")
    if file.is_valid():
        try:
            parse_mapping(file.cleaned_data["mapping"], file=_("the mapping"))
        except RegisterRefused as refusal:
            add_refusal(file, uploads.in_words(refusal, where="mapping"))
        else:
            uploads.explain(upload, mapping=file.cleaned_data["mapping"])
            return redirect("desk:systems:preview", code=code)
    table = uploads.table_of(upload)
    draft = suggest_mapping(table, name=_name_of(upload))
    columns = ColumnsForm(columns=table.columns, draft=draft.register_format)
    return _page(request, upload=upload, table=table, draft=draft, form=columns, file=file)


@require_safe
@needs(IMPORT_USES)
def mapping_file(request: PersonRequest, code: str) -> HttpResponse:
    """The mapping as a TOML file, to correct by hand or to keep for next year."""
    upload = uploads.REGISTERS.kept(code, actor=request.actor)
    draft = suggest_mapping(uploads.table_of(upload), name=_name_of(upload))
    response = HttpResponse(
        to_toml(_known(upload, draft=draft)), content_type="application/toml; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{_name_of(upload)}.toml"'
    return response
