"""What the server counts while it runs, for Prometheus: requests and e-mails. Nothing of a visitor.

Labels have a few fixed values: no path, no address, no words that somebody typed.
"""

from functools import cache

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics

from prepare_portal.languages import PREFIXES

# What begins an address, behind that of a language; all else is a page, or a file where its name has an ending.
KINDS = {
    **dict.fromkeys(("pilots", "lessons"), "list"),
    **dict.fromkeys(("livez", "readyz", "metrics"), "probe"),
    "": "front",
    "api": "api",
    "admin": "admin",
    "static": "static",
    "suggest": "suggestion",
}
FILE, LIST, PAGE, PILOT = "file", "list", "page", "pilot"
EVERY_KIND = tuple(sorted({*KINDS.values(), FILE, PAGE, PILOT}))
NOT_CACHED = "none"
SENT, FAILED = "sent", "failed"
SECONDS = (0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10)

disable_created_metrics()  # when each number began: as many lines again, which nobody asks for
counters = CollectorRegistry()
# How many there were is the histogram's own count: each number more costs a ready page a hundredth of its time.
DURATION = Histogram(
    "portal_request_duration_seconds",
    "How long it took until an answer began: by kind of page, class of status, and what the page cache had.",
    ("kind", "status", "cache"),
    buckets=SECONDS,
    registry=counters,
)
MAILS = Counter(
    "portal_mails", "E-mails that the mail server took, and that it did not.", ("outcome",), registry=counters
)


def begin_at_zero() -> None:
    """Have what alerts ask about there from the start: Prometheus sees no rise from nothing to one."""
    for kind in EVERY_KIND:
        duration(kind, "5xx", NOT_CACHED)
    for outcome in (SENT, FAILED):
        MAILS.labels(outcome)


@cache
def duration(kind: str, status: str, cached: str) -> Histogram:
    """Where the times of such answers are noted."""
    return DURATION.labels(kind, status, cached)


def kind_of(path: str) -> str:
    """Which of `EVERY_KIND` an address is."""
    first, _slash, rest = path[1:].partition("/")
    if first in PREFIXES:
        first, _slash, rest = rest.partition("/")
    kind = KINDS.get(first, PAGE)
    if kind in {LIST, PAGE} and "." in path.rpartition("/")[2]:
        return FILE
    return PILOT if first == "pilots" and rest else kind


begin_at_zero()
