"""Forms in which people answer, each in the words of its reader."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commonweal.practices import Signal
from commonweal_web.job_impact.models.views import Answer, Side, View
from commonweal_web.job_impact.queries.evidence import facts_to_rest_on
from commonweal_web.job_impact.queries.own import OwnWay
from commonweal_web.job_impact.queries.pages import AssessmentPage
from commonweal_web.layout.fields import DayField

LONGEST_WORDS = 2000
NO_NAMES = _("Please name nobody, and nothing that only you could know: everybody can read this.")
DESK_ANSWERS = (
    (Answer.PRESENT, _("Present: it may do this when it works as intended")),
    (Answer.NOT_PRESENT, _("Not present")),
    (Answer.UNCERTAIN, _("Uncertain")),
    (Answer.NOT_APPLICABLE, _("Does not apply here")),
)
PHONE_ANSWERS = (
    (Answer.PRESENT, _("Yes, it could")),
    (Answer.NOT_PRESENT, _("No")),
    (Answer.UNCERTAIN, _("I don’t know")),
    (Answer.NOT_APPLICABLE, _("This does not apply to my work")),
)


def words_field(label: Any, **options: Any) -> forms.CharField:
    """A longer text."""
    return forms.CharField(label=label, widget=forms.Textarea, max_length=LONGEST_WORDS, **options)


class ReasonOfChange(forms.CharField):
    """Not called optional where a change needs it; the same answer again goes without."""

    def validate(self, value: Any) -> None:
        """Leave it to the action, which knows whether the answer changed."""


class PhoneAnswer(forms.Form):
    """One question, answered on a phone."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label="",
        choices=PHONE_ANSWERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers. “I don’t know” is one too.")},
    )
    words = words_field(_("What makes you say so?"), required=False, help_text=NO_NAMES)
    reason = ReasonOfChange(
        label=_("What has changed? (needed if you change your answer)"),
        widget=forms.Textarea,
        max_length=LONGEST_WORDS,
        help_text=_("You have answered before. If you say the same again, leave this empty."),
    )
    helped_by = forms.CharField(
        label=_("Did somebody help you fill this in?"),
        required=False,
        max_length=150,
        help_text=_("Their name, if so."),
    )

    def __init__(self, *args: Any, way: OwnWay, signal: Signal, **options: Any) -> None:
        mine = way.answers.get(signal.id)
        said = {"answer": mine.answer, "words": mine.words} if mine else {}
        last = max(way.answers.values(), key=lambda view: view.at, default=None)
        helper = last.helped_by if last else ""
        super().__init__(*args, **options)
        self.initial = {**said, "helped_by": helper}
        self.fields["answer"].label = signal.question
        self.fields["answer"].help_text = signal.hint
        if mine is None:
            del self.fields["reason"]
        elif not _needs_reason(mine):
            self.fields["reason"].required = False
            self.fields["reason"].label = _("What has changed?")


def _needs_reason(earlier: View) -> bool:
    """Whether another answer would be refused without a reason."""
    return earlier.answer in {Answer.PRESENT, Answer.UNCERTAIN} and not earlier.closings.all()


class DeskAnswer(forms.Form):
    """One signal, answered for one's office."""

    side = forms.ChoiceField(label=_("For which side do you speak?"), choices=Side.choices)
    group = forms.ChoiceField(
        label=_("For whom?"),
        required=False,
        help_text=_("Answer for everybody at once, and split only where groups differ."),
    )
    answer = forms.ChoiceField(
        label=_("Your view"), choices=DESK_ANSWERS, widget=forms.RadioSelect
    )
    words = words_field(_("What is it based on?"), required=False, help_text=NO_NAMES)
    link = forms.URLField(label=_("Where can it be read?"), required=False, assume_scheme="https")
    rests_on = forms.MultipleChoiceField(
        label=_("Which facts does it rest on?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("When one of them changes, this answer is asked again."),
    )
    person = forms.CharField(
        label=_("If uncertain: who finds out?"), required=False, max_length=150
    )
    until = DayField(
        label=_("If uncertain: by when?"),
        required=False,
        help_text=_("After that day, uncertain counts as present."),
    )
    reason = words_field(
        _("Why did your answer change?"),
        required=False,
        help_text=_("Needed only to take back a “present”, or to set back a day."),
    )

    def __init__(self, *args: Any, page: AssessmentPage, sides: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.choose("side", [(side, Side(side).label) for side in sides])
        groups = [(str(column.key), column.name) for column in page.columns]
        self.choose("group", [("", _("Everybody affected")), *groups])
        self.choose("rests_on", facts_to_rest_on(page.assessment))
        if len(sides) == 1:
            self.fields["side"].widget = forms.HiddenInput()
            self.fields["side"].initial = sides[0]

    def choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        """Give a field its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
