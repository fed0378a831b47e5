"""The sample's everyday life: a roster, printed codes, deputies, evidence, translated words."""

from __future__ import annotations

import io
from datetime import timedelta

from commonweal.systems.inventory.reading import read_register
from commonweal_web.evidence import actions as evidence
from commonweal_web.languages.actions import translate_text
from commonweal_web.notices.actions import choose_how
from commonweal_web.operations.sample.story import Story
from commonweal_web.people import actions as people
from commonweal_web.people.queries import offices_of
from commonweal_web.systems import actions as systems
from commonweal_web.systems.queries.vendor_links import vendor_actor
from commonweal_web.workplaces import actions as workplaces
from commonweal_web.workplaces.queries import RosterFile, lines_without_sheet

FIRST_ROSTER = """\
number,name,e-mail,site,group,language
N-1001,Alma Reyes,,Riverside warehouse,Pickers,es
N-1002,Bo Jansen,,Riverside warehouse,Pickers,de
N-1003,Chidi Eze,,Riverside warehouse,Pickers,en
N-1004,Dana Popescu,,Riverside warehouse,Pickers,de
N-1005,Emil Kraus,,Riverside warehouse,Pickers,de
N-1006,Fatou Diop,,Riverside warehouse,Pickers,en
N-2001,Gonzalo Vidal,,Harbour depot,Contract drivers,es
N-2002,Hugo Marín,,Harbour depot,Contract drivers,es
N-2003,Irene Soler,,Harbour depot,Shift planners,es
N-3001,Jana Lowe,jana.lowe@northbank.example,Head office,Customer service,en
N-3002,Kofi Mensah,kofi.mensah@northbank.example,Head office,Customer service,en
N-3003,Laura Byrne,laura.byrne@northbank.example,Head office,Recruiters,en
"""
# One joins, one moves to other work, one has left.
NEXT_ROSTER = """\
number,name,e-mail,site,group,language,until
N-1007,Mirko Sand,,Riverside warehouse,Pickers,de,
N-3002,Kofi Mensah,kofi.mensah@northbank.example,Head office,Recruiters,en,
N-2002,Hugo Marín,,Harbour depot,Contract drivers,es,{left}
"""
BY_CODE = "N-1001"
"""Whose printed codes the demo shows: a worker without e-mail and without a password."""
CODES_SHOWN = 3

MINUTES = """\
Works council and people lead, on the pace board.
Agreed: no single person's pace is shown before the pilot is decided.
Open: whether breaks count into the hour.
"""
AGREED, SEEN, HELP = (
    "What was agreed on the pace board",
    "Seen on the floor",
    "The vendor’s help pages",
)
TRANSLATED = {
    "es": (
        "Planificador de turnos",
        "Propone quién trabaja y cuándo, a partir de las previsiones de ventas y de la asistencia "
        "pasada. Quien planifica puede cambiar cada propuesta.",
    ),
    "de": (
        "Schichtplanung",
        "Schlägt vor, wer wann arbeitet, aus Verkaufsprognosen und früherer Anwesenheit. Wer "
        "plant, kann jeden Vorschlag ändern.",
    ),
}


def bring_in_roster(story: Story) -> None:
    """Everybody on the roster, most of them without e-mail and without an account."""
    _bring_in(story, "roster.csv", text=FIRST_ROSTER)


def roster_of_this_month(story: Story) -> None:
    """Who joined, moved and left since."""
    left = story.day - timedelta(days=1)
    _bring_in(story, "roster-update.csv", text=NEXT_ROSTER.format(left=left.isoformat()))


def _bring_in(story: Story, name: str, *, text: str) -> None:
    data = text.encode()
    roster = RosterFile.of(name, data=data, table=read_register(io.BytesIO(data), kind="csv"))
    workplaces.import_roster(**story.by("nadia"), roster=roster)


def print_codes(story: Story) -> None:
    """The registrar prints sheets for two people who have no e-mail."""
    without = lines_without_sheet(story.organisation, on=story.day)
    lines = list(without.filter(number__in=(BY_CODE, "N-2001")))
    made = workplaces.print_sheets(**story.by("noor"), lines=lines)
    story.codes = next(each.made.codes for each in made if each.number == BY_CODE)[:CODES_SHOWN]


def name_deputies(story: Story) -> None:
    """Some have named a deputy; the people lead has not, which is a gap."""
    for holder, deputy in (("vera", "joost"), ("joost", "vera"), ("amina", "noor")):
        for office in offices_of(story.people[holder], on=story.day):
            people.name_deputy(
                **story.by(holder), appointment=office.appointment, deputy=story.people[deputy]
            )


def keep_evidence(story: Story) -> None:
    """A file, a link that was taken back, and what a worker saw."""
    pace, shifts = (f"systems.use:{story.things[key].pk}" for key in ("pace", "shifts"))
    raw = MINUTES.encode()
    evidence.attach_file(
        **story.by("bruno"),
        subject=pace,
        sent=evidence.SentFile("minutes.txt", len(raw), io.BytesIO(raw)),
        title=AGREED,
        language="en",
    )
    evidence.attach_note(
        **story.by("piet"),
        subject=pace,
        title=SEEN,
        text="The board counts walking to the toilet as standing still.",
    )
    link = evidence.attach_link(
        **story.by("nadia"),
        subject=shifts,
        address="https://rotawise.example/help",
        title=HELP,
    )
    evidence.withdraw(**story.by("nadia"), evidence=link, reason="It describes an older version.")


def ask_vendors(story: Story) -> None:
    """A vendor answers by a link, and corrects what we recorded; another link was ended."""
    pace, drafting = (story.things[key] for key in ("pace", "drafting"))
    asked = systems.ask_vendor(**story.by("nadia"), system=pace.system)
    systems.state_as_vendor(
        organisation=story.organisation,
        by=vendor_actor(asked.link),
        at=story.at,
        link=asked.link,
        kind="adds",
        text="From release 7 on, pace can be shown for a whole shift only, never for one person.",
    )
    other = systems.ask_vendor(**story.by("nadia"), system=drafting.system)
    systems.end_vendor_link(**story.by("nadia"), link=other.link)


def translate(story: Story) -> None:
    """The shift planner in Spanish and German; the rest says that it is not translated yet."""
    subject = f"systems.use:{story.things['shifts'].pk}"
    for language, texts in TRANSLATED.items():
        for field, text in zip(("name", "purpose"), texts, strict=True):
            translate_text(
                **story.by("nadia"), subject=subject, field=field, language=language, text=text
            )


def choose(story: Story) -> None:
    """The union's delegate wants mail at once; the people lead keeps a view of what is overdue."""
    amina = story.people["amina"]
    people.change_address(**story.by("amina"), account=amina, email="amina.duarte@union.example")
    asking = story.by("amina")
    choose_how(organisation=story.organisation, by=asking["by"], channel="mail", rhythm="at_once")
    systems.save_view(
        organisation=story.organisation,
        by=story.by("nadia")["by"],
        name="Overdue",
        filters="dates=overdue",
        is_shared=True,
    )
