"""The words that this room chooses from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal.shared.severity import SeverityClass as DomainClass


class Side(models.TextChoices):
    """Who speaks."""

    WORKERS = "workers", _("Workers")
    MANAGEMENT = "management", _("Management")
    EXPERTS = "experts", _("Experts")


class Source(models.TextChoices):
    """How a risk came onto the list."""

    SIGNAL = "signal", _("the job impact assessment")
    HAND = "hand", _("somebody entered it")
    INCIDENT = "incident", _("an incident")
    AUDIT = "audit", _("an audit")
    RED_TEAM = "red_team", _("a red-team exercise")
    SURVEY = "survey", _("a survey")


class SeverityClass(models.IntegerChoices):
    """The rough class that orders the queue."""

    LOW = DomainClass.LOW.value, _("low")
    MEDIUM = DomainClass.MEDIUM.value, _("medium")
    HIGH = DomainClass.HIGH.value, _("high")
    CRITICAL = DomainClass.CRITICAL.value, _("critical")


class Likelihood(models.TextChoices):
    """How likely the harm is, in words."""

    ALREADY_OCCURRING = "already_occurring", _("already happening")
    VERY_LIKELY = "very_likely", _("very likely")
    NOT_JUDGED = "not_judged", _("not yet judged")
    LIKELY = "likely", _("likely")
    POSSIBLE = "possible", _("possible")
    UNLIKELY = "unlikely", _("unlikely")


class Phase(models.TextChoices):
    """Whether a judgement is about the harm with no remedy, or about what remains."""

    INHERENT = "inherent", _("if nothing is done")
    RESIDUAL = "residual", _("what remains with the answers")


class Harm(models.TextChoices):
    """What kind of harm a judgement is about; each has its own words for the scores."""

    MONEY = "money", _("Pay and income")
    SURVEILLANCE = "surveillance", _("Being watched")
    PACE = "pace", _("Pace and work intensity")
    AUTONOMY = "autonomy", _("Deciding for yourself")
    DISCRIMINATION = "discrimination", _("Being treated unfairly")
    HEALTH = "health", _("Health and safety")


class Kind(models.TextChoices):
    """What an answer does about the harm."""

    ELIMINATE = "eliminate", _("take the harm away")
    REDUCE = "reduce", _("make it smaller or rarer")
    REMEDY = "remedy", _("put right what happened")
    COMPENSATE = "compensate", _("pay or make up for it")


class State(models.TextChoices):
    """How far an answer has come."""

    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    CARRIED_OUT = "carried_out", _("carried out")
    EFFECTIVE = "effective", _("checked: it works")
    NOT_EFFECTIVE = "not_effective", _("checked: it does not work")
    WITHDRAWN = "withdrawn", _("withdrawn")


class DecidedBy(models.TextChoices):
    """Who spoke for a group."""

    REPRESENTATIVES = "representatives", _("its representatives")
    MAJORITY = "majority", _("its majority")


class Weight(models.TextChoices):
    """How heavily a decision to change or stop weighs."""

    SERIOUS = "serious", _("serious")
    HEAVIER = (
        "heavier_a_vulnerable_group_is_hit",
        _("heavier: an especially vulnerable group is hit"),
    )


class Outcome(models.TextChoices):
    """What was decided where nothing helps."""

    CHANGE = "change", _("change the use")
    STOP = "stop", _("stop the use")
