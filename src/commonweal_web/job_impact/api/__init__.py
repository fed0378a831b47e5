"""Assessments for programs: runs, what each side says, and who takes part."""

from commonweal_web.job_impact.api import contributors, runs, said
from commonweal_web.job_impact.api.routes import router

__all__ = ["contributors", "router", "runs", "said"]
