"""People who take part: asking them, paying them, ending their link."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.job_impact import actions
from commonweal_web.job_impact.forms.people import InviteForm, PaymentForm, help_of_kind
from commonweal_web.job_impact.forms.sending import carried_out, posted
from commonweal_web.job_impact.permissions import (
    INVITE_CONTRIBUTOR,
    RECORD_PAYMENT,
    SEE_ASSESSMENTS,
)
from commonweal_web.job_impact.queries import file_of
from commonweal_web.job_impact.queries.lookups import part_of
from commonweal_web.job_impact.views.desk import trail_of
from commonweal_web.job_impact.views.running import acting, form_page, open_page
from commonweal_web.systems.queries import use_of


@needs(SEE_ASSESSMENTS)
def contributors(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Who was asked to take part, on which terms, and whether they were paid."""
    use = use_of(request.organisation, pk=pk)
    file = file_of(use)
    context = {
        "use": use,
        "file": file,
        "today": request.now.date(),
        "may_invite": request.actor.may(INVITE_CONTRIBUTOR) and file.open_run is not None,
        "may_end": request.actor.may(INVITE_CONTRIBUTOR),
        "may_pay": request.actor.may(RECORD_PAYMENT),
        "trail": trail_of(use, (_("People who take part"), "")),
    }
    return render(request, "job_impact/contributors.html", context)


@needs(INVITE_CONTRIBUTOR)
def invite(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Ask somebody to take part; the link is shown this once."""
    use = use_of(request.organisation, pk=pk)
    page = open_page(request, use)
    currency = request.organisation.currency
    form = InviteForm(posted(request), columns=page.columns)
    made: list[Any] = []

    def store() -> None:
        terms = form.terms(currency=currency)
        group = UUID(terms.pop("group")) if terms["group"] else terms.pop("group")
        made.append(
            actions.invite_contributor(
                **acting(request), assessment=page.assessment, group=group, **terms
            )
        )

    if carried_out(form, store):
        return _shown_once(request, use=use, new=made[0])
    title = _("Ask somebody to take part")
    hints = {str(kind): text for kind, text in help_of_kind().items()}
    return form_page(
        request, "invite", use=use, form=form, title=title, hints=hints, currency=currency
    )


def _shown_once(request: PersonRequest, *, use: Any, new: Any) -> HttpResponse:
    path = reverse("public:job_impact:invitation", args=[request.organisation.slug, new.secret])
    context = {
        "use": use,
        "part": new.contributor,
        "link": f"{settings.PUBLIC_ADDRESS}{path}",
        "trail": trail_of(use, (_("The link"), "")),
    }
    return render(request, "job_impact/invited.html", context)


@needs(RECORD_PAYMENT)
def pay(request: PersonRequest, pk: UUID, part: UUID) -> HttpResponse:
    """Record that somebody was paid."""
    use = use_of(request.organisation, pk=pk)
    person = part_of(use, pk=part)
    form = PaymentForm(posted(request), initial={"paid_on": request.now.date()})
    if carried_out(
        form,
        lambda: actions.record_payment(**acting(request), contributor=person, **form.cleaned_data),
    ):
        messages.success(request, _("Stored: %(name)s was paid.") % {"name": person.name})
        return redirect("desk:job_impact:contributors", pk=use.pk)
    title = _("Payment to %(name)s") % {"name": person.name}
    return form_page(request, "pay", use=use, form=form, title=title, part=person)


@require_POST
@needs(INVITE_CONTRIBUTOR)
def revoke(request: PersonRequest, pk: UUID, part: UUID) -> HttpResponse:
    """End a link at once."""
    use = use_of(request.organisation, pk=pk)
    actions.revoke_invitation(**acting(request), contributor=part_of(use, pk=part))
    messages.success(request, _("The link no longer works."))
    return redirect("desk:job_impact:contributors", pk=use.pk)
