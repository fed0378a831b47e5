"""`python -m commonweal_cli` is `commonweal`."""

from commonweal_cli.main import main

main()
