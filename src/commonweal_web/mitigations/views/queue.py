"""The queue of risks over all uses, and entering one by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commonweal.systems.inventory.table import Column
from commonweal.systems.inventory.writing import write_csv
from commonweal_web.house.paging import page_number
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.mitigations import actions, queries
from commonweal_web.mitigations.forms import RiskFilter, RiskForm
from commonweal_web.mitigations.models import Risk
from commonweal_web.mitigations.permissions import OPEN_RISK, SEE_RISKS
from commonweal_web.mitigations.queries.risks import MOST_IN_A_FILE
from commonweal_web.mitigations.views.form_page import FormPage, acting, answer
from commonweal_web.systems.queries import affected_groups_of, use_of


@require_safe
@needs(SEE_RISKS)
def risks(request: PersonRequest) -> HttpResponse:
    """Every risk of every use, gravest first."""
    form = RiskFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.queue(
        request.organisation,
        on=request.now.date(),
        **{name: str(value or "") for name, value in asked.items()},
    )
    if request.GET.get("format") == "csv":
        return _file(request, list(queries.with_everything(found)[:MOST_IN_A_FILE]))
    page = queries.queue_page(found, number=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "rows": [risk_row(each, request=request) for each in page.rows if each.is_judged],
        "unjudged": [risk_row(each, request=request) for each in page.rows if not each.is_judged],
        "search": form,
        "is_filtered": any(asked.values()),
        "only_use": page.rows[0].use if asked.get("use") and page.rows else None,
    }
    return render(request, "mitigations/risks.html", context)


def risk_row(row: Risk, *, request: PersonRequest) -> dict[str, Any]:
    """A risk as one row of a table shows it."""
    return {
        "risk": row,
        "groups": list(row.groups.all()),
        "is_vulnerable": any(group.vulnerable_because for group in row.groups.all()),
        "state": queries.state_tag(row, on=request.now.date()),
    }


def _file(request: PersonRequest, rows: list[Risk]) -> HttpResponse:
    headings = (
        _("Risk"),
        _("Use"),
        _("For whom"),
        _("Class"),
        _("Scale"),
        _("Scope"),
        _("Hard to undo"),
        _("Likelihood"),
        _("Answer"),
        _("Present since"),
    )
    columns = [Column(place, heading) for place, heading in enumerate(headings)]
    cells = [_cells(row, request=request) for row in rows]
    content = write_csv(columns, cells, profile="spreadsheet")
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="risks.csv"'
    return response


def _cells(row: Risk, *, request: PersonRequest) -> tuple[str, ...]:
    facets = (row.inherent_scale, row.inherent_scope, row.inherent_irremediability)
    return (
        row.title,
        row.use.name,
        "; ".join(str(group) for group in row.groups.all()),
        str(row.get_severity_class_display()),
        *(_("not yet judged") if each is None else str(each) for each in facets),
        str(row.get_likelihood_display()),
        queries.state_tag(row, on=request.now.date()).text,
        row.present_since.isoformat(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(OPEN_RISK)
def new(request: PersonRequest, use: UUID) -> HttpResponse:
    """Enter a risk of one use."""
    found = use_of(request.organisation, pk=use)
    groups = [(str(row.group_id or row.pk), str(row)) for row in affected_groups_of(found)]
    form = RiskForm(request.POST or None, groups=groups)

    def act(facts: dict[str, Any]) -> None:
        everyone = len(facts["groups"]) == len(groups)
        actions.open_risk(
            **acting(request),
            use=found,
            title=facts["title"],
            description=facts["description"],
            signal=facts["signal"],
            source=facts["source"],
            groups=None if everyone else {UUID(key) for key in facts["groups"]},
        )

    page = FormPage(
        title=_("What could go wrong with “%(use)s”?") % {"use": found.name},
        lead=_(
            "A risk stays on the list, and in sight of workers, until it is answered or closed."
        ),
        button=_("Put it on the list"),
        done=_("The risk is on the list. Judge how grave it is next."),
        back=f"{reverse('desk:mitigations:risks')}?use={found.pk}",
        trail=[(_("Risks"), reverse("desk:mitigations:risks")), (found.name, "")],
        note="" if groups else _("This use names nobody it touches yet. Name them first."),
    )
    return answer(request, form=form, act=act, page=page)
