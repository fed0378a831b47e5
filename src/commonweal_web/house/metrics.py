"""`/metrics`: figures for whoever watches over the installation, never about a person or a case.

Answers to requests are counted together, not by page: a count by page would show that somebody
opened the door for complaints.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from commonweal_web.house.heartbeat import last_tick
from commonweal_web.house.rooms import rooms

Answer = Callable[[HttpRequest], HttpResponse]

REGISTRY = CollectorRegistry()
ANSWERS = Counter(
    "commonweal_answers", "Requests answered, by kind of status.", ["status"], registry=REGISTRY
)
SECONDS = Histogram(
    "commonweal_answer_seconds", "Seconds until a request was answered.", registry=REGISTRY
)
ProcessCollector(registry=REGISTRY)


class MeasuringMiddleware:
    """Counts answers and their seconds, all pages together."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        ANSWERS.labels(f"{response.status_code // 100}xx").inc()
        SECONDS.observe(time.perf_counter() - began)
        return response


class RoomMeasures(Collector):
    """What the rooms measure, asked when somebody looks."""

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing beforehand: the rooms are asked at each look."""
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """One gauge for each measure."""
        now = timezone.now()
        ticked = last_tick(settings.DATA)
        if ticked is not None:
            yield GaugeMetricFamily(
                "commonweal_last_tick_age_seconds",
                "Seconds since time was last attended to.",
                value=(now - ticked).total_seconds(),
            )
        for room in rooms():
            for measured in room.measures:
                for each in measured(at=now):
                    yield GaugeMetricFamily(f"commonweal_{each.name}", each.says, value=each.value)


REGISTRY.register(RoomMeasures())


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures in the format of Prometheus, for whoever brings the token; otherwise not there."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Http404
    answer = HttpResponse(generate_latest(REGISTRY), content_type=CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer
