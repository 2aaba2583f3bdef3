"""What the report of several machines computes: nothing is started or measured."""

import os

import pytest

from bench import spread

DATABASES = ("sqlite",)  # no database
COSTS = {kind: spread.Cost(portal=36.0, nginx=3.6, postgresql=0.0) for kind in spread.DAY}


def test_busiest_hour_is_a_tenth_of_the_day_times_the_cost_of_each_request():
    requests = sum(spread.DAY.values()) * spread.BUSIEST
    assert spread.load(COSTS, 1).portal == pytest.approx(requests * 0.036 / 3600)
    assert spread.load(COSTS, 100).nginx == pytest.approx(requests * 100 * 0.0036 / 3600)
    assert spread.load(COSTS, 10).postgresql == 0


def test_report_names_what_is_full_first_and_when():
    text = spread.document(COSTS, ["**Memory**: none."])
    assert "| a save | 36.0 | 3.6 | 0.0 |" in text
    assert "- **Memory**: none." in text
    full = 1 / spread.load(COSTS, 1).portal
    assert f"the processor of the portal: one core of it is full at × {full:,.0f}." in text
    assert text.count(" | portal |\n") == 3


def test_processor_time_is_told_by_request_in_milliseconds():
    clocks = iter([spread.Cost(1.0, 2.0, 3.0), spread.Cost(1.5, 2.0, 3.1)])
    assert spread.cost_of(lambda: 10, lambda: next(clocks)) == pytest.approx((50.0, 0.0, 10.0))


def test_own_time_is_read_from_the_system():
    before = spread.spent([os.getpid()])
    sum(number * number for number in range(3_000_000))
    assert spread.spent([os.getpid()]) > before
    assert spread.spent([2**22 + 1]) == 0
