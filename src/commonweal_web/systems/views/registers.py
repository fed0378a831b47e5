"""Bringing in a register: send, explain, look at what would happen, then say so."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.systems.inventory.interpret import problem_words
from commonweal.systems.inventory.mapping_file import parse_mapping
from commonweal.systems.inventory.refusal import RegisterRefused
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.house.uploads import is_too_long
from commonweal_web.systems import actions, queries, uploads
from commonweal_web.systems.forms.registers import (
    MAPPED,
    OWN_COLUMNS,
    TARGET_TITLES,
    BringInForm,
)
from commonweal_web.systems.permissions import EXPORT_USES, IMPORT_USES, SEE_USES
from commonweal_web.systems.views.answers import acting, trail_to

FORM = ["GET", "HEAD", "POST"]
ROWS_SHOWN = 5
COLUMNS_SHOWN = 200
PROBLEMS_SHOWN = 100


@require_safe
@needs(SEE_USES)
def registers(request: PersonRequest) -> HttpResponse:
    """The registers that came in, and the ways to take them away again."""
    may_export = request.actor.may(EXPORT_USES)
    context = {
        "batches": queries.batches_of(request.organisation),
        "kept": queries.kept_registers(request.organisation) if may_export else [],
        "own": queries.OWN,
        "may_import": request.actor.may(IMPORT_USES),
        "may_export": may_export,
        "trail": trail_to((_("Registers"), "")),
    }
    return render(request, "systems/registers.html", context)


@require_safe
@needs(SEE_USES)
def batch(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One import, with every odd value by row and column."""
    found = queries.batch_of(request.organisation, pk=pk)
    context = {
        "batch": found,
        "problems": [_told(each) for each in found.problems[:PROBLEMS_SHOWN]],
        "problems_in_all": len(found.problems),
        "trail": trail_to(_registers(), (found.file_name, "")),
    }
    return render(request, "systems/batch.html", context)


def _told(kept: dict[str, Any]) -> dict[str, Any]:
    """An odd value that was kept, in the reader's language."""
    return kept | {"message": problem_words(kept["message"], names=kept.get("names", {}))}


def _registers() -> tuple[str, str]:
    return _("Registers"), reverse("desk:systems:registers")


@csrf_exempt
@require_http_methods(FORM)
@needs(IMPORT_USES)
def bring_in(request: PersonRequest) -> HttpResponse:
    """Send a list. One beyond the limit is refused by its length, before it is taken in."""
    if is_too_long(request):
        form = BringInForm()
        form.cleaned_data = {}
        add_refusal(form, uploads.REGISTERS.too_large())
        return _bring_in_page(request, form=form, status=413)
    return _receive(request)


@csrf_protect
def _receive(request: PersonRequest) -> HttpResponse:
    form = BringInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = _keep(request, given=form.cleaned_data)
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            name = "preview" if upload.is_explained else "mapping"
            return redirect(f"desk:systems:{name}", code=upload.code)
    return _bring_in_page(request, form=form)


def _keep(request: PersonRequest, *, given: dict[str, Any]) -> uploads.Upload:
    """Store the file and read it once, so that one that cannot be read is refused here."""
    mapping = given["mapping"] if given["format"] == MAPPED else ""
    if mapping:
        _check_mapping(mapping)
    upload = uploads.REGISTERS.keep(
        given["file"],
        actor=request.actor,
        kept_at=request.now.isoformat(),
        format="" if given["format"] in (OWN_COLUMNS, MAPPED) else given["format"],
        mapping=mapping,
    )
    try:
        uploads.table_of(upload)
    except Refused as refusal:
        uploads.REGISTERS.forget(upload)
        raise Refused(refusal.code, refusal.message, where="file") from refusal
    return upload


def _check_mapping(mapping: str) -> None:
    try:
        parse_mapping(mapping, file=_("the mapping"))
    except RegisterRefused as refusal:
        raise uploads.in_words(refusal, where="mapping") from refusal


def _bring_in_page(
    request: PersonRequest, *, form: forms.BaseForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "trail": trail_to(_registers(), (_("Bring in a list"), ""))}
    return render(request, "systems/bring_in.html", context, status=status)


@require_http_methods(FORM)
@needs(IMPORT_USES)
def preview(request: PersonRequest, code: str) -> HttpResponse:
    """What would come in; with the word for it, bring it in."""
    upload = uploads.REGISTERS.kept(code, actor=request.actor)
    if not upload.is_explained:
        return redirect("desk:systems:mapping", code=code)
    try:
        register = _register(upload)
        plan = queries.plan_import(request.organisation, register=register)
        if request.method == "POST":
            return _bring_in(request, upload=upload, register=register)
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        context = {"upload": upload, "refusal": refusal, "trail": _trail_of(upload)}
        return render(request, "systems/preview_refused.html", context, status=refusal.status)
    return render(request, "systems/preview.html", _shown(upload, register, plan))


def _register(upload: uploads.Upload) -> queries.RegisterFile:
    return queries.RegisterFile(
        upload.name, upload.sha256, uploads.table_of(upload), uploads.format_of(upload)
    )


def _bring_in(
    request: PersonRequest, *, upload: uploads.Upload, register: queries.RegisterFile
) -> HttpResponse:
    result = actions.import_register(**acting(request), register=register)
    uploads.REGISTERS.forget(upload)
    messages.success(
        request,
        _("%(created)s uses are new, %(updated)s changed, %(unchanged)s are as they were.")
        % {
            "created": result.created,
            "updated": result.updated,
            "unchanged": result.unchanged,
        },
    )
    return redirect("desk:systems:registers")


def _trail_of(upload: uploads.Upload) -> list[Any]:
    return trail_to(_registers(), (upload.name, ""))


def _shown(
    upload: uploads.Upload, register: queries.RegisterFile, plan: queries.ImportPlan
) -> dict[str, Any]:
    table = register.table
    fills = _fills(register)
    return {
        "upload": upload,
        "format": register.format,
        "result": plan.result,
        "columns": [
            (each, fills.get(each.position, "")) for each in table.columns[:COLUMNS_SHOWN]
        ],
        "columns_in_all": len(table.columns),
        "first_rows": [
            (number, list(zip(table.columns, cells, strict=False))[:COLUMNS_SHOWN])
            for number, cells in list(zip(table.row_numbers, table.rows, strict=True))[:ROWS_SHOWN]
        ],
        "encoding": table.encoding or table.kind,
        "problems": [each.as_record() for each in plan.problems[:PROBLEMS_SHOWN]],
        "trail": _trail_of(upload),
    }


def _fills(register: queries.RegisterFile) -> dict[int, str]:
    """For each column the field of a use that it fills, in words."""
    return {
        position: str(TARGET_TITLES.get(name, name))
        for name, rule in register.format.fields.items()
        for position in rule.columns
    }
