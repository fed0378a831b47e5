"""Worker groups: the list, one group, adding and changing, vulnerability."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal_web.house.paging import page_number, page_of
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.workplaces import actions, queries
from commonweal_web.workplaces.forms import GroupFilter, GroupForm, ReasonForm
from commonweal_web.workplaces.models import WorkerGroup
from commonweal_web.workplaces.permissions import (
    CHANGE_WORKPLACES,
    KEEP_MEMBERS,
    MARK_VULNERABLE,
    SEE_WORKPLACES,
)
from commonweal_web.workplaces.views.saving import is_sent, saved, sheet

MOST_IN_A_FILE = 20_000


@require_safe
@needs(SEE_WORKPLACES)
def groups(request: PersonRequest) -> HttpResponse:
    """The worker groups of the organisation."""
    form = GroupFilter(request.GET, organisation=request.organisation)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.groups(request.organisation, **asked)
    if request.GET.get("format") == "csv":
        return _groups_file(list(found[:MOST_IN_A_FILE]))
    page = page_of(found, number=page_number(request.GET.get("page")))
    represented = queries.represented_groups(page.rows)
    listed = queries.lines_counted(page.rows, on=request.now.date())
    context = {
        "page": page,
        "rows": [(each, each.pk in represented, listed.get(each.pk, 0)) for each in page.rows],
        "search": form,
        "is_filtered": any(asked.values()),
        "may_change": request.actor.may(CHANGE_WORKPLACES),
    }
    return render(request, "workplaces/groups.html", context)


def _groups_file(found: list[WorkerGroup]) -> HttpResponse:
    represented = queries.represented_groups(found)
    headings = (
        _("Name"),
        _("Site"),
        _("Contract"),
        _("People"),
        _("Yearly cost per full-time post"),
        _("Represented"),
        _("Especially vulnerable because"),
    )
    rows = [
        (
            each.name,
            each.site.name,
            str(each.get_contract_display()),
            str(each.headcount),
            str(each.cost_per_fte or ""),
            _("yes") if each.pk in represented else _("no"),
            each.vulnerable_because,
        )
        for each in found
    ]
    return sheet("groups", headings=headings, rows=rows)


@require_safe
@needs(SEE_WORKPLACES)
def group(request: PersonRequest, pk: UUID) -> HttpResponse:
    """One worker group: who they are, who speaks for them, who belongs to them."""
    found = queries.group_of(request.organisation, pk)
    today = request.now.date()
    may_keep = request.actor.may(KEEP_MEMBERS)
    members = queries.memberships(found, on=today)
    context = {
        "group": found,
        "listed": queries.lines_counted([found], on=today).get(found.pk, 0),
        "is_represented": queries.is_represented(found),
        "representatives": queries.representatives_for_group(found, today),
        "page": page_of(members, number=page_number(request.GET.get("page")))
        if may_keep
        else None,
        "may_keep": may_keep,
        "may_change": request.actor.may(CHANGE_WORKPLACES),
        "may_mark": request.actor.may(MARK_VULNERABLE),
    }
    return render(request, "workplaces/group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_WORKPLACES)
def new_group(request: PersonRequest) -> HttpResponse:
    """Add a worker group."""
    first = {"currency": request.organisation.currency, "site": request.GET.get("site", "")}
    form = GroupForm(request.POST or None, organisation=request.organisation, initial=first)
    if is_sent(request, form=form):
        made = saved(request, form=form, action=actions.add_group, **form.facts())
        if made:
            messages.success(request, _("The group is added."))
            return redirect("desk:workplaces:group", pk=made.pk)
    return render(request, "workplaces/edit_group.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(CHANGE_WORKPLACES)
def change_group(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Change what is known of a worker group."""
    found = queries.group_of(request.organisation, pk)
    cost = found.cost_per_fte
    stands = {
        "name": found.name,
        "site": str(found.site_id),
        "contract": found.contract,
        "headcount": found.headcount,
        "cost_per_fte": f"{cost.amount:f}" if cost else "",
        "currency": found.currency,
        "representation": str(found.representation_id or ""),
    }
    form = GroupForm(request.POST or None, organisation=request.organisation, initial=stands)
    if is_sent(request, form=form) and saved(
        request, form=form, action=actions.change_group, group=found, **form.facts()
    ):
        messages.success(request, _("The group is changed."))
        return redirect("desk:workplaces:group", pk=found.pk)
    return render(request, "workplaces/edit_group.html", {"form": form, "group": found})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(MARK_VULNERABLE)
def vulnerable(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Mark a group as especially vulnerable, or take the mark away; both with a reason."""
    found = queries.group_of(request.organisation, pk)
    change = actions.unmark_vulnerable if found.is_vulnerable else actions.mark_vulnerable
    form = ReasonForm(request.POST or None)
    if is_sent(request, form=form) and saved(
        request, form=form, action=change, group=found, because=form.cleaned_data["because"]
    ):
        messages.success(request, _("Your reason is noted on the record."))
        return redirect("desk:workplaces:group", pk=found.pk)
    return render(request, "workplaces/vulnerable.html", {"form": form, "group": found})
