"""The quick hash of the demo, whose passwords are printed for everybody who tries it."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class DemoPasswordHasher(Argon2PasswordHasher):
    """Argon2 at its cheapest: right where a password protects nothing, and nowhere else."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
