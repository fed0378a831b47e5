"""Severities, likelihoods and risks, as Hypothesis strategies."""

from __future__ import annotations

from hypothesis import strategies as st

from commonweal.mitigations.risk import Risk
from commonweal.shared.severity import Likelihood, Severity

scores = st.integers(0, 5)
judged_severities = st.builds(Severity, scale=scores, scope=scores, irremediability=scores)
severities = st.builds(
    Severity,
    scale=st.none() | scores,
    scope=st.none() | scores,
    irremediability=st.none() | scores,
)
likelihoods = st.sampled_from(Likelihood)
risks = st.builds(
    Risk,
    id=st.uuids().map(str),
    title=st.just("A risk"),
    groups=st.just(()),
    inherent=severities,
    residual=st.none() | severities,
    likelihood=likelihoods,
)
