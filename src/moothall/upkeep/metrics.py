"""Numbers for Prometheus.  Each is read from the part that keeps it, at the moment of asking."""

from collections.abc import Callable, Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

_Read = Callable[[], float]
# From a cache's answer to what a reader gives up on.
_BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics(Collector):
    """One registry a server, so that two in one process (tests) do not meet."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._gauges: list[tuple[str, str, _Read]] = []
        self._counters: list[tuple[str, str, _Read]] = []
        self._registry.register(self)
        ProcessCollector(registry=self._registry)
        self.request_seconds = Histogram(
            "moothall_request_seconds",
            "Time inside the framework; ready-made pages are not in it.",
            buckets=_BUCKETS_S,
            registry=self._registry,
        )

    def add_gauge(self, name: str, text: str, read: _Read) -> None:
        """A number that goes up and down."""
        self._gauges.append((name, text, read))

    def add_counter(self, name: str, text: str, read: _Read) -> None:
        """A number that only rises; `_total` is added to its name."""
        self._counters.append((name, text, read))

    def page(self) -> tuple[str, bytes]:
        """Content type and text of the exposition format."""
        return CONTENT_TYPE_LATEST, generate_latest(self._registry)

    def collect(self) -> Iterator[Metric]:
        """What the registry asks for at each reading."""
        for name, text, read in self._gauges:
            yield GaugeMetricFamily(name, text, value=read())
        for name, text, read in self._counters:
            yield CounterMetricFamily(name, text, value=read())
