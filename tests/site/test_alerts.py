"""The rules for Prometheus ask for what /metrics tells, and lead to what the documentation says.

Prometheus's own checker reads them in `make alerts`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from pilots.models import ContentVersion, LastBackup
from prepare_portal import metrics
from tests.test_docs import ROOT, anchors, section

# Rules and documents are the same on both.
DATABASES = ("sqlite",)

METRIC = re.compile(r"\bportal_\w+")
FOLDER = ROOT / "deploy" / "prometheus"


def rules() -> Iterator[dict[str, Any]]:
    for group in yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]:
        yield from group["rules"]


@pytest.fixture
def told(db: None) -> str:
    """What /metrics tells of a portal that has content and a backup."""
    LastBackup.objects.create(made_at="2026-01-01T00:00:00Z")
    ContentVersion.objects.update_or_create(pk=1, defaults={"number": 1})
    return metrics.exposition().decode()


def test_alerts_ask_for_what_is_told_and_for_labels_that_it_has(told: str) -> None:
    known = {line.partition("{")[0].partition(" ")[0] for line in told.splitlines() if not line.startswith("#")}
    asked = {name for rule in rules() for name in METRIC.findall(rule["expr"])}
    assert asked <= known
    used = {pair for rule in rules() for pair in re.findall(r'(\w+)="(\w+)"', rule["expr"])}
    assert {(name, value) for name, value in used if f'{name}="{value}"' not in told} == set()


def test_documentation_names_each_metric_and_no_other(told: str) -> None:
    families = set(re.findall(r"^# TYPE (portal_\w+)", told, re.MULTILINE))
    named = set(METRIC.findall(section("docs/operating.md", "### Numbers, for Prometheus")))
    assert {name for name in named if name not in families} == {"portal_request_duration_seconds_count"}
    assert families <= named


def test_each_alert_says_in_words_what_is_wrong_and_what_to_do() -> None:
    found = [*rules()]
    assert len({rule["alert"] for rule in found}) == len(found)
    for rule in found:
        assert rule["labels"]["severity"] in {"now", "soon"}
        assert all(rule["annotations"][name].endswith(".") for name in ("summary", "action")), rule["alert"]
        document, _hash, anchor = rule["annotations"]["section"].partition("#")
        assert anchor in anchors(ROOT / document), rule["alert"]


def test_each_alert_is_tried_and_each_is_explained() -> None:
    tried = (FOLDER / "alerts_test.yml").read_text()
    explained = section("docs/operating.md", "## Seeing how it is")
    names = {rule["alert"] for rule in rules()}
    assert {name for name in names if name not in tried} == set()
    assert {name for name in names if f"`{name}`" not in explained} == {"PortalReleasesDiffer"}
