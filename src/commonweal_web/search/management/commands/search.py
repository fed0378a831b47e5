"""`search rebuild` makes the index anew; `search check` compares it with the rows."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commonweal_web.search.actions import rebuild
from commonweal_web.search.queries import agreements


class Command(BaseCommand):
    """Looks after the index of the search."""

    # untranslated: a command
    help = "Make the index of the search anew, or check that it says what the rows say."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=("rebuild", "check"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "rebuild":
            self.stdout.write(f"{rebuild()} rows can be found.")
        found = agreements()
        for each in found:
            self.stdout.write(
                f"{each.source}: {each.indexed} indexed, {each.missing} missing, "
                f"{each.differing} differing, {each.superfluous} too many"
            )
        if not all(each.holds for each in found):
            raise CommandError("The index differs from the rows. Run `search rebuild`.")
