"""The sample's sites, worker groups, bodies and people."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from commonweal.shared.money import Money
from commonweal_web.operations.sample.story import BEGINS_DAYS_AGO, PASSWORD, Story
from commonweal_web.people import actions as people
from commonweal_web.people.queries import appointments_of, operator, people_of
from commonweal_web.people.roles import BY_NAME
from commonweal_web.record.actor import ANONYMOUS
from commonweal_web.workplaces import actions as workplaces

WEEK = (1, 2, 3, 4, 5)
SITES = {
    "harbour": ("Harbour depot", "ES", "Valencia", "Europe/Madrid", ["es", "en"]),
    "riverside": ("Riverside warehouse", "DE", "Sachsen", "Europe/Berlin", ["de", "en"]),
    "office": ("Head office", "IE", "Leinster", "Europe/Dublin", ["en"]),
}
BODIES = {
    "union": ("Harbour and Transport Workers’ Union", "union", None, 3),
    "council": ("Riverside works council", "works_council", "riverside", 5),
}
# name: site, contract, people, yearly cost of a full-time post, body
GROUPS = {
    "pickers": ("Pickers", "riverside", "permanent", 212, "34500.00", "council"),
    "drivers": ("Contract drivers", "harbour", "contractor", 31, None, "union"),
    "planners": ("Shift planners", "harbour", "permanent", 6, "52000.00", "union"),
    "clerks": ("Customer service", "office", "permanent", 48, "46000.00", None),
    "recruiters": ("Recruiters", "office", "fixed_term", 4, "49000.00", None),
}
# sign-in name: full name, roles, group
PEOPLE = {
    "omar": ("Omar Lindqvist", ("use_owner",), None),
    "vera": ("Vera Anand", ("executive",), None),
    "joost": ("Joost Maalouf", ("executive",), None),
    "tomas": ("Tomás Weir", ("worker",), "drivers"),
    "hanna": ("Hanna Brandt", ("worker",), "pickers"),
    "piet": ("Piet Sorge", ("worker",), "pickers"),
    "lena": ("Lena Moss", ("worker",), "clerks"),
    "rui": ("Rui Falk", ("worker",), "planners"),
    "ines": ("Dr Ines Corda", ("expert",), None),
    "greta": ("Greta Holm", ("head_of_oversight",), None),
    "carl": ("Carl Njoroge", ("case_handler",), None),
    "adele": ("Adele Rossi", ("appeal_handler",), None),
    "sam": ("Sam Okeke", ("administrator",), None),
}
# body: sign-in name, full name of the person whom the body itself names
DELEGATES = {"union": ("amina", "Amina Duarte"), "council": ("bruno", "Bruno Keller")}
LEAD = ("nadia", "Nadia Ferris")


def begin(today: datetime) -> Story:
    """The organisation with its people lead, and its years."""
    made = workplaces.create_organisation(
        by=operator(),
        at=today - timedelta(days=BEGINS_DAYS_AGO),
        slug="northbank",
        name="Northbank Logistics",
        help_contact="people@northbank.example",
        people_leads=[workplaces.FirstLead(LEAD[0], LEAD[1], PASSWORD)],
        is_sample=True,
    )
    story = Story(today, organisation=made)
    story.people[LEAD[0]] = people_of(made, on=story.day)[0]
    _choose_password(story, LEAD[0])
    workplaces.change_organisation(
        **story.by("nadia"),
        name=made.name,
        currency="EUR",
        help_contact=made.help_contact,
        colour="#0b5566",
    )
    for year, costs, revenue in ((story.day.year - 1, 88, 97), (story.day.year, 91, 101)):
        workplaces.state_year(
            **story.by("nadia"),
            year=year,
            costs=Money.of(costs * 1_000_000, currency="EUR"),
            revenue=Money.of(revenue * 1_000_000, currency="EUR"),
            source="Annual accounts",
        )
    return story


def furnish(story: Story) -> None:
    """Sites, bodies, groups and people."""
    _sites(story)
    _bodies(story)
    _groups(story)
    _people(story)
    _delegates(story)
    _registrar(story)
    _confirm_handlers(story)


def _sites(story: Story) -> None:
    holiday = date(story.day.year, 12, 26)
    for key, (name, country, region, zone, languages) in SITES.items():
        story.sites[key] = workplaces.add_site(
            **story.by("nadia"),
            name=name,
            country=country,
            region=region,
            time_zone=zone,
            working_days=WEEK,
            holidays=[holiday],
            languages=languages,
        )


def _bodies(story: Story) -> None:
    for key, (name, kind, site, seats) in BODIES.items():
        story.bodies[key] = workplaces.add_representation(
            **story.by("nadia"),
            name=name,
            kind=kind,
            site=story.sites[site] if site else None,
            contact=f"{key}@northbank.example",
            seats=seats,
        )


def _groups(story: Story) -> None:
    for key, (name, site, contract, people_there, cost, body) in GROUPS.items():
        story.groups[key] = workplaces.add_group(
            **story.by("nadia"),
            name=name,
            site=story.sites[site],
            contract=contract,
            headcount=people_there,
            cost_per_fte=Money.of(cost, currency="EUR") if cost else None,
            representation=story.bodies[body] if body else None,
        )


def _people(story: Story) -> None:
    for username, (name, roles, group) in PEOPLE.items():
        who = "nadia"
        account = people.add_account(
            **story.by(who), username=username, name=name, password=PASSWORD
        )
        story.people[username] = account
        _choose_password(story, username)
        for role in roles:
            people.appoint(**story.by(who), account=account, role=role, since=story.day)
        if group:
            workplaces.add_member(
                **story.by(who), group=story.groups[group], account=account, since=story.day
            )


def _choose_password(story: Story, username: str) -> None:
    """Nobody acts for workers, or decides apart from both sides, by a password others know."""
    people.change_password(**story.by(username), account=story.people[username], password=PASSWORD)


def _delegates(story: Story) -> None:
    """Management invites the body; the body names its person by accepting."""
    for key, (username, name) in DELEGATES.items():
        invited = workplaces.invite_representative(
            **story.by("nadia"), representation=story.bodies[key]
        )
        story.people[username] = workplaces.accept_invitation(
            organisation=story.organisation,
            by=ANONYMOUS,
            at=story.at,
            secret=invited.secret,
            username=username,
            name=name,
            password=PASSWORD,
        )


def _registrar(story: Story) -> None:
    """The union names the registrar, who also marks the drivers as vulnerable."""
    account = people.add_account(
        **story.by("amina"), username="noor", name="Noor Castell", password=PASSWORD
    )
    story.people["noor"] = account
    _choose_password(story, "noor")
    people.appoint(**story.by("amina"), account=account, role="registrar", since=story.day)
    workplaces.mark_vulnerable(
        **story.by("amina"),
        group=story.groups["drivers"],
        because="They are paid by the shift and can be dropped from the rota without notice.",
    )


def _confirm_handlers(story: Story) -> None:
    """Management proposed the handlers; the union agrees to them."""
    for username in ("carl", "adele"):
        for proposed in appointments_of(story.people[username]):
            people.confirm_appointment(**story.by("amina"), appointment=proposed)


def make_token(story: Story) -> None:
    """A program of the people lead's that only reads; its secret is thrown away."""
    people.make_token(
        **story.by("nadia"),
        account=story.people["nadia"],
        name="Dashboard in the canteen",
        scopes=["systems:read"],
        expires_on=story.day + timedelta(days=200),
    )


def in_words(username: str) -> str:
    """What somebody of the sample does, in a few words."""
    if username in PEOPLE:
        return ", ".join(str(BY_NAME[role].title).lower() for role in PEOPLE[username][1])
    bodies = {name: BODIES[key][0] for key, (name, _) in DELEGATES.items()}
    return {LEAD[0]: "people lead", "noor": "registrar", **bodies}[username]
