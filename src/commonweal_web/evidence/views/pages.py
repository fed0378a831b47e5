"""What the pages of both audiences do: list, attach, show, give out, take back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from commonweal.evidence import kind_title
from commonweal.evidence.limits import MEGABYTE
from commonweal_web.evidence import actions, queries
from commonweal_web.evidence.forms import FORMS, READER_HINTS, AttachForm, WithdrawForm
from commonweal_web.evidence.models import Evidence
from commonweal_web.evidence.permissions import ATTACH
from commonweal_web.evidence.queries.pieces import side_attaching
from commonweal_web.evidence.sending import as_download
from commonweal_web.house.declaration import SubjectSeen
from commonweal_web.house.forms import add_refusal
from commonweal_web.house.refusals import NotAllowed, NotHere, Refused
from commonweal_web.house.requests import PersonRequest

ROOM_FOR_FIELDS = MEGABYTE
TOO_LARGE = 413


@dataclass(frozen=True, slots=True)
class Audience:
    """Staff or workers: the frame of their pages and the space of their addresses."""

    name: str

    @property
    def frame(self) -> str:
        """The template that the pages extend."""
        return f"layout/{self.name}.html"

    def address(self, page: str, *arguments: Any) -> str:
        """The address of a page of this room for this audience."""
        return reverse(f"{self.name}:evidence:{page}", args=arguments)

    def url_of(self, seen: SubjectSeen) -> str:
        """The page of a subject for this audience; empty where it has none."""
        return seen.desk_url if self.name == "desk" else seen.my_url


def about(request: PersonRequest, *, audience: Audience, label: str, row: UUID) -> HttpResponse:
    """Everything that is attached to one subject."""
    subject = queries.subject_named(label, pk=row)
    seen = _seen(request, audience=audience, subject=subject)
    pieces = queries.attached(request.organisation, subject=subject, actor=request.actor)
    context = {
        "frame": audience.frame,
        "seen": seen,
        "pieces": [(each, audience.address("piece", each.pk)) for each in pieces],
        "ways": _ways(request, audience=audience, label=label, row=row),
        "trail": [(seen.title, audience.url_of(seen)), (_("Evidence"), "")],
    }
    return render(request, "evidence/about.html", context)


def _seen(request: PersonRequest, *, audience: Audience, subject: str) -> SubjectSeen:
    """The subject, where it has a page for this audience. Raises `NotHere`."""
    seen = queries.subject_seen(
        subject, actor=request.actor, organisation=request.organisation, at=request.now
    )
    if not audience.url_of(seen):
        raise NotHere("not_found", _("There is nothing here that evidence could be about."))
    return seen


def _ways(
    request: PersonRequest, *, audience: Audience, label: str, row: UUID
) -> list[tuple[str, str]]:
    if not request.actor.may(ATTACH):
        return []
    words = {"file": _("Attach a file"), "link": _("Attach a link"), "note": _("Attach a note")}
    return [(audience.address("attach", label, row, kind), said) for kind, said in words.items()]


def attach(
    request: PersonRequest, *, audience: Audience, label: str, row: UUID, kind: str
) -> HttpResponse:
    """Attach something; a body beyond the limit is refused by its length, before it is read."""
    if kind not in FORMS:
        raise NotHere("not_found", _("There is nothing at this address."))
    subject = queries.subject_named(label, pk=row)
    seen = _seen(request, audience=audience, subject=subject)
    back = audience.address("about", label, row)
    page = _AttachPage(audience, kind=kind, subject=subject, seen=seen, back=back)
    if _is_too_long(request):
        return page.refused_by_length(request)
    return _attach(request, page=page)


def _is_too_long(request: HttpRequest) -> bool:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return not length.isdigit() or int(length) > actions.limits().file_bytes + ROOM_FOR_FIELDS


@dataclass(frozen=True, slots=True)
class _AttachPage:
    """One page on which something is attached."""

    audience: Audience
    kind: str
    subject: str
    seen: SubjectSeen
    back: str

    def form(self, request: PersonRequest, *given: Any) -> AttachForm:
        side = side_attaching(request.actor)
        return FORMS[self.kind](*given, side=side, may_be_public=self.seen.may_be_public)

    def show(self, request: PersonRequest, form: AttachForm, *, status: int = 200) -> HttpResponse:
        context = {
            "frame": self.audience.frame,
            "seen": self.seen,
            "kind": self.kind,
            "form": form,
            "hints": READER_HINTS,
            "most": actions.limits().file_bytes // MEGABYTE,
            "is_unnamed": request.actor.require(ATTACH).role == "worker",
            "back": self.back,
            "trail": [
                (self.seen.title, self.audience.url_of(self.seen)),
                (_("Evidence"), self.back),
                (_("Attach"), ""),
            ],
        }
        return render(request, "evidence/attach.html", context, status=status)

    def refused_by_length(self, request: PersonRequest) -> HttpResponse:
        form = self.form(request)
        form.cleaned_data = {}
        most = actions.limits().file_bytes // MEGABYTE
        words = _("This is larger than %(most)s MB, the most that is kept. Attach a link instead.")
        form.add_error(None, words % {"most": most})
        return self.show(request, form, status=TOO_LARGE)


@csrf_protect
def _attach(request: PersonRequest, *, page: _AttachPage) -> HttpResponse:
    if request.method != "POST":
        return page.show(request, page.form(request))
    form = page.form(request, request.POST, request.FILES)
    if not form.is_valid():
        return page.show(request, form)
    try:
        _act(request, page=page, given=dict(form.cleaned_data))
    except (NotAllowed, NotHere):
        raise
    except Refused as refusal:
        add_refusal(form, refusal)
        return page.show(request, form)
    messages.success(request, _("It is attached. Its hash is on the record."))
    return redirect(page.back)


def _act(request: PersonRequest, *, page: _AttachPage, given: dict[str, Any]) -> Evidence:
    acting = {**_acting(request), "subject": page.subject}
    if page.kind == Evidence.Kind.FILE:
        file = given.pop("file")
        sent = actions.SentFile(file.name, file.size, file)
        return actions.attach_file(**acting, **given, sent=sent)
    if page.kind == Evidence.Kind.LINK:
        return actions.attach_link(**acting, **given)
    return actions.attach_note(**acting, **given)


def _acting(request: PersonRequest) -> dict[str, Any]:
    return {"organisation": request.organisation, "by": request.actor, "at": request.now}


def piece(request: PersonRequest, *, audience: Audience, pk: UUID) -> HttpResponse:
    """One piece: what it is, its hash, who may see it."""
    found = _piece(request, audience=audience, pk=pk)
    evidence = found.evidence
    context = {
        "frame": audience.frame,
        "piece": found,
        "evidence": evidence,
        "file_kind": kind_title(evidence.file_type) if evidence.file_type else "",
        "download": audience.address("download", pk) if evidence.has_file else "",
        "withdraw": audience.address("withdraw", pk) if found.may_withdraw else "",
        "trail": [*_trail(found, audience=audience), (evidence.title, "")],
    }
    return render(request, "evidence/piece.html", context)


def _piece(request: PersonRequest, *, audience: Audience, pk: UUID) -> queries.Piece:
    found = queries.piece_of(request.organisation, pk=pk, actor=request.actor, at=request.now)
    if not audience.url_of(found.subject):
        raise NotHere("not_found", _("There is no such piece of evidence here."))
    return found


def _trail(found: queries.Piece, *, audience: Audience) -> list[tuple[str, str]]:
    label, _colon, row = found.evidence.subject.partition(":")
    return [
        (found.subject.title, audience.url_of(found.subject)),
        (_("Evidence"), audience.address("about", label, row)),
    ]


def download(request: PersonRequest, *, audience: Audience, pk: UUID) -> HttpResponse:
    """The file, decrypted on the way, to be saved and never shown inside the browser."""
    found = _piece(request, audience=audience, pk=pk)
    if not found.evidence.has_file:
        raise NotHere("no_file", _("There is no file here, or it was deleted."))
    return as_download(found.evidence)  # type: ignore[return-value]


def withdraw(request: PersonRequest, *, audience: Audience, pk: UUID) -> HttpResponse:
    """Take a piece back."""
    found = _piece(request, audience=audience, pk=pk)
    form = WithdrawForm(request.POST or None)
    if not found.evidence.has_file:
        del form.fields["delete_now"]
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(**_acting(request), evidence=found.evidence, **form.cleaned_data)
        except (NotAllowed, NotHere):
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("It is taken back. Your reason stays beside it."))
            return redirect(audience.address("piece", pk))
    elif not found.may_withdraw:
        raise NotAllowed(
            "not_of_your_side",
            _("Only whoever attached it, or who speaks for their side, can take it back."),
        )
    context = {
        "frame": audience.frame,
        "evidence": found.evidence,
        "form": form,
        "back": audience.address("piece", pk),
        "trail": [
            *_trail(found, audience=audience),
            (found.evidence.title, audience.address("piece", pk)),
            (_("Take it back"), ""),
        ],
    }
    return render(request, "evidence/withdraw.html", context)
