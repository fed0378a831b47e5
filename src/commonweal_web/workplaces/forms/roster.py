"""The forms of the roster: which lines, a file, what its columns mean, one person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commonweal.systems.inventory.table import Table
from commonweal.workplaces.headings import HEADINGS
from commonweal_web.house.declaration import Text
from commonweal_web.layout.fields import DayField
from commonweal_web.organisations.models import Organisation
from commonweal_web.workplaces.forms.workplaces import Search
from commonweal_web.workplaces.models import WorkerGroup
from commonweal_web.workplaces.queries import groups_of, sites_of

COLUMN_TITLES: dict[str, Text] = {
    "number": _("Personnel number"),
    "name": _("Name"),
    "given_name": _("Given name"),
    "family_name": _("Family name"),
    "email": _("E-mail"),
    "site": _("Site"),
    "group": _("Group"),
    "contract": _("Contract"),
    "country": _("Country of the site"),
    "language": _("Language"),
    "since": _("Since"),
    "until": _("Until"),
}
LISTS: tuple[tuple[str, Text], ...] = (
    ("some", _("Some people. Nobody leaves by not being named.")),
    ("sites", _("Everyone at the sites it names. Whoever is missing there leaves.")),
    ("everyone", _("Everyone who works here. Whoever is missing leaves.")),
)


class RosterFilter(Search):
    """Search and filters of the roster."""

    site = forms.ChoiceField(label=_("Site"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    state = forms.ChoiceField(
        label=_("Who"),
        required=False,
        choices=[
            ("current", _("who works here")),
            ("ended", _("who has left")),
            ("all", _("everybody")),
        ],
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [(str(each.pk), each.name) for each in sites_of(organisation)]
        groups = [
            (str(each.pk), f"{each.name} · {each.site.name}") for each in groups_of(organisation)
        ]
        _choose(self, name="site", choices=[("", _("Any site")), *sites])
        _choose(self, name="group", choices=[("", _("Any group")), *groups])

    def clean_state(self) -> str:
        return self.cleaned_data["state"] or "current"


class RosterFileForm(forms.Form):
    """A roster, and whom it lists."""

    file = forms.FileField(
        label=_("The file with the people"),
        help_text=_("CSV or XLSX, at most 64 MB. Nothing changes before you say so."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty. Check that the right file was chosen."),
        },
    )
    lists = forms.ChoiceField(
        label=_("Whom does the file list?"),
        choices=LISTS,
        initial="some",
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whom the file lists.")},
    )
    may_make = forms.BooleanField(
        label=_("Make the sites and groups that are new"),
        required=False,
        help_text=_("The file must then say the country of a site and the contract of a group."),
    )


class ColumnsForm(forms.Form):
    """Which column says what; the guess stands until somebody corrects it."""

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = [(str(each.position), str(each)) for each in table.columns[:200]]
        for target in HEADINGS:
            self.fields[target] = forms.ChoiceField(
                label=COLUMN_TITLES[target],
                required=False,
                choices=[("", _("no column")), *headings],
            )

    def columns(self) -> dict[str, int]:
        """The position of each column that was chosen."""
        return {name: int(value) for name, value in self.cleaned_data.items() if value}


class ConfirmForm(forms.Form):
    """The word for it: the plan that was shown, and that so many leave."""

    expected = forms.CharField(widget=forms.HiddenInput)
    leavers_confirmed = forms.BooleanField(
        label=_("Yes, so many people have left"), required=False
    )


class PersonForm(forms.Form):
    """One person on the roster."""

    number = forms.CharField(
        label=_("Personnel number"),
        max_length=64,
        help_text=_("What the employer calls this person by. It never changes."),
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    group = forms.ChoiceField(label=_("Group"))
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    since = DayField(label=_("From which day?"))
    until = DayField(
        label=_("Until which day?"),
        required=False,
        help_text=_("The last day. Leave it empty while the person works here."),
    )

    def __init__(
        self, *args: Any, organisation: Organisation, is_known: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._groups = {str(each.pk): each for each in groups_of(organisation)}
        groups = [(pk, f"{each.name} · {each.site.name}") for pk, each in self._groups.items()]
        _choose(self, name="group", choices=[("", ""), *groups])
        languages = list(settings.LANGUAGES)
        known = self.initial.get("language")
        if known and known not in dict(languages):
            languages.append((known, known))
        _choose(self, name="language", choices=[("", _("not known")), *languages])
        self.fields["number"].disabled = is_known

    def clean_group(self) -> WorkerGroup:
        return self._groups[self.cleaned_data["group"]]

    def said(self) -> dict[str, str]:
        """The person as a row of a roster says them."""
        facts = self.cleaned_data
        group: WorkerGroup = facts["group"]
        return {
            "number": facts["number"],
            "name": facts["name"],
            "site": group.site.name,
            "group": group.name,
            "contract": group.contract.replace("_", " "),
            "email": facts["email"],
            "language": facts["language"],
            "since": facts["since"].isoformat(),
            "until": facts["until"].isoformat() if facts["until"] else "",
        }


def _choose(form: forms.Form, *, name: str, choices: list[tuple[Any, Any]]) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
