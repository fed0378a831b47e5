"""The pages of the languages room: what is missing, and one text beside its original."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.forms import add_refusal
from commonweal_web.house.paging import page_number
from commonweal_web.house.refusals import NotAllowed, Refused
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.languages import actions, queries
from commonweal_web.languages.forms import TranslateForm
from commonweal_web.languages.permissions import SEE_TEXTS
from commonweal_web.systems.queries import use_of


def _chosen(request: PersonRequest, *, wanted: list[str]) -> str:
    asked = request.GET.get("to", "")
    return asked if asked in dict(settings.LANGUAGES) else (wanted[0] if wanted else "")


@require_safe
@needs(SEE_TEXTS)
def texts(request: PersonRequest) -> HttpResponse:
    """Every use, each a way to its texts."""
    wanted = queries.languages_wanted(request.organisation)
    number = page_number(request.GET.get("page"))
    page = queries.uses_page(request.organisation, number=number)
    return render(request, "languages/texts.html", {"page": page, "wanted": wanted})


@require_safe
@needs(SEE_TEXTS)
def texts_of_one(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The texts of one use with what each still lacks in a language."""
    use = use_of(request.organisation, pk=pk)
    wanted = queries.languages_wanted(request.organisation)
    language = _chosen(request, wanted=wanted)
    found = queries.texts_of_use(request.organisation, use=use, language=language)
    context = {
        "use": use,
        "wanted": wanted,
        "language": language,
        "texts": found if language else [],
        "trail": [(_("Languages"), reverse("desk:languages:texts")), (use.name, "")],
    }
    return render(request, "languages/use.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_TEXTS)
def translate(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One text, the original beside the field."""
    use = use_of(request.organisation, pk=pk)
    asked = {name: request.GET.get(name, "") for name in ("subject", "field")}
    language = request.GET.get("to", "")
    found = queries.text_named(request.organisation, language=language, **asked)
    now = found.translation
    first = {"text": now.text, "is_machine_made": now.is_machine_made} if now else {}
    form = TranslateForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.translate_text(
                organisation=request.organisation,
                by=request.actor,
                at=request.now,
                language=language,
                subject=asked["subject"],
                field=asked["field"],
                **form.cleaned_data,
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Whoever reads in this language now sees it."))
            return redirect(f"{reverse('desk:languages:use', args=[use.pk])}?to={language}")
    trail = [
        (_("Languages"), reverse("desk:languages:texts")),
        (use.name, f"{reverse('desk:languages:use', args=[use.pk])}?to={language}"),
        (_("Translate"), ""),
    ]
    context = {"use": use, "text": found, "form": form, "language": language, "trail": trail}
    return render(request, "languages/translate.html", context)
