"""A believable employer with everything in it: three sites, a union, contractors, four uses of AI.

All names are invented. It is made by the same actions as everything else, at days in the past, so
that its record verifies like any other. It runs through every action of every room.
"""

from commonweal_web.operations.sample.load import load_sample_organisation

__all__ = ["load_sample_organisation"]
