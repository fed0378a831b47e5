"""The sign-in library's forms, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.declaration import Text
from commonweal_web.people.sessions import OWN, SHARED

PASSWORD_HINT = _("At least 10 characters. Three or four unrelated words make a good one.")
WRONG_CODE = _("This code does not fit. Wait for the next one and try again.")
CODE_HINT = _("Six digits from the app on your phone, or one of your recovery codes.")


class InOurWords:
    """Gives fields the labels and hints of `words`, and takes grey texts out of them."""

    words: dict[str, tuple[Text, Text]]
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label, field.help_text = self.words[name]


class AskingForCode(InOurWords):
    """A form with a code; a wrong one is refused in our words."""

    def clean_code(self) -> str:
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError as error:
            if error.code == "incorrect_code":
                raise ValidationError(WRONG_CODE, code=error.code) from error
            raise


class DeviceField(forms.ChoiceField):
    """Whose device it is: after how long without a sign of life somebody is signed out."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Whose device is this?"),
            choices=[
                (SHARED, _("A shared one: sign me out after 5 minutes without a touch")),
                (OWN, _("My own: sign me out after 30 minutes without a touch")),
            ],
            widget=forms.RadioSelect,
            initial=SHARED,
        )

    def validate(self, value: object) -> None:
        """Refuse nothing: what is missing or unknown counts as a shared device."""


class SignInForm(InOurWords, LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device"] = DeviceField()

    words = {"login": (_("Sign-in name"), ""), "password": (_("Password"), "")}


class CodeForm(forms.Form):
    """One printed code. Whatever is wrong with it, the answer is the same."""

    code = forms.CharField(
        label=_("Your code"),
        help_text=_("16 letters and digits. Capitals, spaces and hyphens do not matter."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "autocorrect": "off",
                "spellcheck": "false",
            }
        ),
    )
    device = DeviceField()
    waited = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)


class OwnPasswordForm(forms.Form):
    """A password for somebody who came in by a printed code."""

    password1 = forms.CharField(
        label=_("Your new password"),
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
    )
    password2 = forms.CharField(
        label=_("Your new password, once more"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password once more.")},
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        one, other = given.get("password1"), given.get("password2")
        if one and other and one != other:
            self.add_error("password2", _("The two passwords differ. Type both again."))
        return given


class NewPasswordForm(InOurWords, ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": (_("Your password now"), ""),
        "password1": (_("Your new password"), PASSWORD_HINT),
        "password2": (_("Your new password, once more"), ""),
    }


class ConfirmByPasswordForm(InOurWords, ReauthenticateForm):  # type: ignore[misc]
    words = {"password": (_("Your password"), "")}


class ConfirmByCodeForm(AskingForCode, ReauthenticateByCodeForm):  # type: ignore[misc]
    words = {"code": (_("Code"), CODE_HINT)}


class SecondStepForm(AskingForCode, AuthenticateForm):  # type: ignore[misc]
    words = {"code": (_("Code"), CODE_HINT)}


class SwitchOnCodesForm(AskingForCode, ActivateTOTPForm):  # type: ignore[misc]
    words = {"code": (_("Code"), _("The six digits that the app shows now."))}


class AddKeyForm(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"initial": {"name": _("My key")}}))

    words = {
        "name": (_("Name of the key"), _("So that you know it again, such as “my phone”.")),
        "passwordless": (
            _("Sign in with this key alone"),
            _("Needs a key that checks your finger, your face or a PIN."),
        ),
    }


class RenameKeyForm(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    words = {"name": (_("Name of the key"), "")}
