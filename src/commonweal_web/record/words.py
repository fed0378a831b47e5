"""The words in which pages speak of steps on the record."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.apps import apps
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from commonweal_web.house.declaration import Text
from commonweal_web.house.rooms import rooms

WHO: Mapping[str, tuple[str, Text]] = MappingProxyType(
    {
        "worker": ("workers", _("the workers’ side")),
        "worker_representative": ("workers", _("a worker representative")),
        "registrar": ("workers", _("the registrar")),
        "use_owner": ("management", _("a use owner")),
        "people_lead": ("management", _("a people lead")),
        "executive": ("management", _("an executive")),
        "head_of_oversight": ("management", _("the head of oversight")),
        "case_handler": ("independent", _("a case handler")),
        "appeal_handler": ("independent", _("an appeal handler")),
        "expert": ("experts", _("an independent expert")),
        "administrator": ("operator", _("an administrator")),
        "operator": ("operator", _("a command on the server")),
        "contributor": ("outside", _("somebody from outside")),
        "vendor": ("outside", _("a vendor")),
        "public": ("public", _("somebody from the public")),
    }
)
"""Each role with its side and the words for whoever acts in it."""


DONE, ROW = "step of the record", "row of the record"
"""The contexts of the names of actions and of kinds of rows, which come from the code itself."""


def who(role: str) -> Text:
    """Who acted, in words; an unknown role stands as it is."""
    return WHO[role][1] if role in WHO else role


def kind_in_words(kind: str) -> str:
    """`systems.describe_use` as “Systems: describe use”."""
    name, _dot, done = kind.partition(".")
    title = next((str(room.title) for room in rooms() if room.name == name), name)
    said = pgettext(DONE, done.replace("_", " "))
    return _t("%(room)s: %(done)s") % {"room": title, "done": said}


def subject_in_words(subject: str) -> str:
    """What kind of row a step speaks of."""
    label = subject.partition(":")[0]
    try:
        named = apps.get_model(label)._meta.verbose_name
    except (LookupError, ValueError):
        return label
    return pgettext(ROW, named) if isinstance(named, str) else str(named)
