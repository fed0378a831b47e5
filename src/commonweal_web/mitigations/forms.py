"""The forms of the risk pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from commonweal.mitigations.severity_rules import SeverityRules
from commonweal.practices import catalogue
from commonweal.practices.entries import SignalKind
from commonweal.shared.severity import FACETS
from commonweal_web.layout.fields import DayField
from commonweal_web.mitigations.anchors import sentences
from commonweal_web.mitigations.models.words import (
    Harm,
    Kind,
    Likelihood,
    Outcome,
    SeverityClass,
    Source,
)

STATES = (
    ("", _("All that are present")),
    ("open", _("Not answered")),
    ("answered", _("Answered")),
    ("change_or_stop", _("Change or stop undecided")),
    ("closed", _("Closed")),
)
NOT_JUDGED = "unknown"
SHOWN_ORDER = ("scale", "scope", "irremediability")
FACET_LABELS = {
    "scale": _("How bad is it for one person?"),
    "scope": _("How many people does it touch?"),
    "irremediability": _("How hard is it to undo?"),
}


def long_text(label: Any, *, missing: Any, most: int = 2000, **options: Any) -> forms.CharField:
    """A long answer that says in its own words what is missing."""
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": missing},
        **options,
    )


class RiskFilter(forms.Form):
    words = forms.CharField(label=_("Search"), required=False, max_length=100)
    severity_class = forms.ChoiceField(
        label=_("Class"),
        required=False,
        choices=[("", _("Any class")), *reversed(SeverityClass.choices)],
    )
    state = forms.ChoiceField(label=_("Answer"), required=False, choices=STATES)
    use = forms.UUIDField(required=False, widget=forms.HiddenInput)


class RiskForm(forms.Form):
    """A risk entered by hand."""

    title = forms.CharField(
        label=_("What could go wrong, in a few words?"),
        max_length=200,
        error_messages={"required": _("Write what could go wrong.")},
    )
    description = long_text(_("What could happen, and to whom?"), missing="", required=False)
    signal = forms.ChoiceField(label=_("Does it belong to one of these signals?"), required=False)
    groups = forms.MultipleChoiceField(
        label=_("Whom does it touch?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group.")},
    )
    source = forms.ChoiceField(
        label=_("How was it found?"),
        choices=[each for each in Source.choices if each[0] != Source.SIGNAL],
    )

    def __init__(self, *given: Any, groups: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        signals = catalogue().signals_of(SignalKind.RISK)
        none = ("", translate("None of them"))
        chosen: Any = self.fields["signal"]
        chosen.choices = [none, *((one.id, one.title) for one in signals)]
        touched: Any = self.fields["groups"]
        touched.choices = list(groups)
        self.initial.setdefault("groups", [key for key, _name in touched.choices])


class HarmForm(forms.Form):
    """Which kind of harm to judge: each has its own sentences."""

    harm = forms.ChoiceField(
        label=_("What kind of harm is it?"),
        widget=forms.RadioSelect,
        choices=Harm.choices,
        error_messages={"required": _("Choose the kind of harm.")},
    )


class JudgeForm(forms.Form):
    """Three facets, each with the sentences of its scores and a reason."""

    def __init__(self, *given: Any, rules: SeverityRules, harm: str, **options: Any) -> None:
        super().__init__(*given, **options)
        for name in SHOWN_ORDER:
            said = sorted(sentences(rules, harm=harm, facet=name).items(), reverse=True)
            self.fields[name] = forms.ChoiceField(
                label=FACET_LABELS[name],
                widget=forms.RadioSelect,
                choices=[
                    *((str(score), f"{score} · {words}") for score, words in said),
                    (
                        NOT_JUDGED,
                        translate("Nobody knows yet. It counts as the worst until then."),
                    ),
                ],
                error_messages={"required": _("Choose the first sentence that is true.")},
            )
            self.fields[f"{name}_because"] = forms.CharField(
                label=_("Why?"),
                error_messages={"required": _("Write why, so that others can follow.")},
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    @property
    def facets(self) -> dict[str, int | None]:
        """The scores that were chosen; None where nobody knows."""
        chosen = {name: self.cleaned_data[name] for name in FACETS}
        return {name: None if text == NOT_JUDGED else int(text) for name, text in chosen.items()}

    @property
    def reasons(self) -> dict[str, str]:
        """The reason for each facet."""
        return {name: self.cleaned_data[f"{name}_because"] for name in FACETS}


class LikelihoodForm(forms.Form):
    likelihood = forms.ChoiceField(
        label=_("How likely is it?"),
        widget=forms.RadioSelect,
        choices=[each for each in Likelihood.choices if each[0] != Likelihood.NOT_JUDGED],
        error_messages={"required": _("Choose how likely it is.")},
    )
    reason = long_text(
        _("What makes you say so?"), missing=_("Write what makes you say so."), most=1000
    )


class ClassForm(forms.Form):
    to = forms.TypedChoiceField(
        label=_("Which class should it have?"),
        widget=forms.RadioSelect,
        coerce=int,
        choices=list(reversed(SeverityClass.choices)),
        error_messages={"required": _("Choose a class.")},
    )
    reason = long_text(_("Why?"), missing=_("Write why."), most=1000)


class ProposalForm(forms.Form):
    """An answer to a risk."""

    text = long_text(_("What should be done?"), missing=_("Write what should be done."))
    kind = forms.ChoiceField(
        label=_("What does it do?"),
        widget=forms.RadioSelect,
        choices=Kind.choices,
        error_messages={"required": _("Choose what the answer does.")},
    )
    groups = forms.MultipleChoiceField(
        label=_("Whom is it for?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group.")},
    )

    def __init__(self, *given: Any, groups: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        touched: Any = self.fields["groups"]
        touched.choices = list(groups)
        self.initial.setdefault("groups", [key for key, _name in touched.choices])


class AcceptForm(forms.Form):
    """A group’s yes, and where it is written down."""

    groups = forms.MultipleChoiceField(
        label=_("For whom do you accept it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one group.")},
    )
    decision = forms.CharField(
        label=_("Where is this decision written down?"),
        help_text=_("For example the minutes of a meeting, or the number of a vote."),
        max_length=300,
        error_messages={"required": _("Write where this was decided.")},
    )

    def __init__(self, *given: Any, groups: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        touched: Any = self.fields["groups"]
        touched.choices = list(groups)
        self.initial.setdefault("groups", [key for key, _name in touched.choices])


class RefuseForm(forms.Form):
    """A group’s no, with the reason that helps to find a better answer."""

    group = forms.ChoiceField(
        label=_("For whom do you refuse it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a group.")},
    )
    reason = long_text(
        _("Why is it not good enough?"),
        missing=_("Write why, so that a better answer can be found."),
        most=1000,
    )
    decision = forms.CharField(
        label=_("Where is this decision written down?"),
        max_length=300,
        error_messages={"required": _("Write where this was decided.")},
    )

    def __init__(self, *given: Any, groups: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        touched: Any = self.fields["group"]
        touched.choices = list(groups)
        if len(touched.choices) == 1:
            self.initial.setdefault("group", touched.choices[0][0])


class AssignForm(forms.Form):
    owner = forms.ChoiceField(
        label=_("Who carries it out?"), error_messages={"required": _("Choose somebody.")}
    )
    due = DayField(
        label=_("By when?"), error_messages={"required": _("Write the day by which it is done.")}
    )

    def __init__(self, *given: Any, people: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        chosen: Any = self.fields["owner"]
        chosen.choices = list(people)


class NoteForm(forms.Form):
    note = long_text(_("What was done?"), missing=_("Write what was done."))


class ReasonForm(forms.Form):
    reason = long_text(_("Why?"), missing=_("Write why."), most=1000)


class CommentForm(forms.Form):
    text = long_text(_("What do you want to say?"), missing=_("Write what you want to say."))


class CheckForm(forms.Form):
    """Whether an answer works, and what remains of the harm."""

    is_effective = forms.TypedChoiceField(
        label=_("Does it work?"),
        widget=forms.RadioSelect,
        coerce=lambda text: text == "yes",
        choices=[("yes", _("It works")), ("no", _("It does not work"))],
        error_messages={"required": _("Choose whether it works.")},
    )
    evidence = long_text(_("What shows it?"), missing=_("Write what shows it."))


class DecisionForm(forms.Form):
    """Change the use, or stop it."""

    outcome = forms.ChoiceField(
        label=_("What is decided?"),
        widget=forms.RadioSelect,
        choices=Outcome.choices,
        error_messages={"required": _("Choose to change or to stop.")},
    )
    reason = long_text(
        _("Why? If the use is changed: what changes?"), missing=_("Write why. Workers read it.")
    )
    reference = forms.CharField(
        label=_("Where is this decision written down?"),
        max_length=300,
        error_messages={"required": _("Write where this decision is written down.")},
    )
    stopping_on = DayField(
        label=_("If it stops: by which day?"),
        required=False,
        help_text=_("Leave it empty to stop today."),
    )


class RulesForm(forms.Form):
    """A new version of the severity rules, typed or as a file."""

    file = forms.FileField(
        label=_("A file with the rules"),
        required=False,
        help_text=_("A TOML file. It takes the place of the text below."),
    )
    text = forms.CharField(
        label=_("The rules"),
        required=False,
        max_length=100_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false"}),
    )
    reason = long_text(
        _("Why do the rules change?"), missing=_("Write why the rules change."), most=1000
    )

    def clean(self) -> dict[str, Any]:
        """The file's text, when one was sent, in the place of what was typed."""
        facts: dict[str, Any] = super().clean() or {}
        sent = facts.get("file")
        if sent is not None and sent.size > 200_000:
            self.add_error("file", _("The file is too large. Keep it under 200 KB."))
        elif sent is not None:
            self._read(sent.read(), facts=facts)
        if not facts.get("text", "").strip():
            self.add_error("text", _("Write the rules here, or choose a file."))
        return facts

    def _read(self, content: bytes, *, facts: dict[str, Any]) -> None:
        try:
            facts["text"] = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.add_error("file", _("The file is not UTF-8 text. Save it as UTF-8."))
