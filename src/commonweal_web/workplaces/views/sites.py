"""Sites: the list, one site, adding and changing, and roles at a site."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.refusals import NotAllowed
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.people.actions import appoint
from commonweal_web.people.queries import appointments_at, role_title, roles_open_to
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms import WEEK, Search, SiteForm, SiteRoleForm
from commonweal_web.workplaces.models import Site
from commonweal_web.workplaces.permissions import CHANGE_WORKPLACES, SEE_WORKPLACES
from commonweal_web.workplaces.views.members import person_named
from commonweal_web.workplaces.views.saving import is_sent, saved, sheet

MOST_IN_A_FILE = 20_000


@require_safe
@needs(SEE_WORKPLACES)
def sites(request: PersonRequest) -> HttpResponse:
    """The workplaces of the organisation."""
    form = Search(request.GET)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    found = queries.sites(request.organisation, words=words)
    if request.GET.get("format") == "csv":
        return _sites_file(list(found[:MOST_IN_A_FILE]))
    page = page_of(found, number=page_number(request.GET.get("page")))
    silent = {each.pk for each in queries.sites_without_representation(request.organisation)}
    context = {
        "page": page,
        "rows": [(each, each.pk in silent) for each in page.rows],
        "search": form,
        "is_filtered": bool(words),
        "may_change": request.actor.may(CHANGE_WORKPLACES),
    }
    return render(request, "workplaces/sites.html", context)


def _sites_file(found: list[Site]) -> HttpResponse:
    headings = (_("Name"), _("Country"), _("Region"), _("Time zone"), _("People in groups"))
    rows = [
        (each.name, each.country, each.region, each.time_zone, str(each.people or 0))  # type: ignore[attr-defined]
        for each in found
    ]
    return sheet("sites", headings=headings, rows=rows)


@require_safe
@needs(SEE_WORKPLACES)
def site(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One workplace: its groups, who speaks there, its time and calendar."""
    found = queries.site_of(request.organisation, pk)
    today = request.now.date()
    held = appointments_at(request.organisation, site_id=found.pk, on=today)
    context = {
        "site": found,
        "weekdays": [name for number, name in WEEK if number in found.working_days],
        "groups": queries.groups(request.organisation, site=str(found.pk))[:200],
        "bodies": queries.bodies_speaking_at(found),
        "representatives": queries.representatives_at(request.organisation, site=found, on=today),
        "held": [(each, role_title(each.role)) for each in held],
        "may_change": request.actor.may(CHANGE_WORKPLACES),
        "may_appoint": bool(roles_open_to(request.actor)),
    }
    return render(request, "workplaces/site.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_WORKPLACES)
def new_site(request: PersonRequest) -> HttpResponse:
    """Add a workplace."""
    first = {"working_days": list(actions.MONDAY_TO_FRIDAY), "languages": "en", "time_zone": "UTC"}
    form = SiteForm(request.POST or None, initial=first)
    if is_sent(request, form=form):
        made = saved(request, form=form, action=actions.add_site, **form.cleaned_data)
        if made:
            messages.success(request, _("The site is added. Now say who works there."))
            return redirect("desk:workplaces:site", pk=made.pk)
    return render(request, "workplaces/edit_site.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_WORKPLACES)
def change_site(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a workplace."""
    found = queries.site_of(request.organisation, pk)
    stands = {
        "name": found.name,
        "country": found.country,
        "region": found.region,
        "time_zone": found.time_zone,
        "working_days": found.working_days,
        "holidays": "\n".join(found.holidays),
        "languages": ", ".join(found.languages),
    }
    form = SiteForm(request.POST or None, initial=stands)
    if is_sent(request, form=form) and saved(
        request, form=form, action=actions.change_site, site=found, **form.cleaned_data
    ):
        messages.success(request, _("The site is changed."))
        return redirect("desk:workplaces:site", pk=found.pk)
    return render(request, "workplaces/edit_site.html", {"form": form, "site": found})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(SEE_WORKPLACES)
def appoint_at_site(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Give somebody a role at this site only."""
    found = queries.site_of(request.organisation, pk)
    roles = roles_open_to(request.actor)
    if not roles:
        raise NotAllowed("not_allowed", _("None of your roles can give a role to somebody."))
    form = SiteRoleForm(request.POST or None, roles=roles, initial={"since": request.now.date()})
    account = person_named(request, form=form) if is_sent(request, form=form) else None
    if account and saved(
        request,
        form=form,
        action=appoint,
        account=account,
        role=form.cleaned_data["role"],
        since=form.cleaned_data["since"],
        site_id=found.pk,
    ):
        messages.success(request, _("%(name)s has a role here now.") % {"name": account.name})
        return redirect("desk:workplaces:site", pk=found.pk)
    return render(request, "workplaces/appoint_at_site.html", {"form": form, "site": found})
