"""How many examples Hypothesis draws for a test."""

from typing import Any

from hypothesis import settings


def drawn(examples: int, **options: Any) -> settings:
    """Settings for a test that is to be tried with so many examples: per hundred that the profile in use draws."""
    return settings(max_examples=max(1, examples * settings.default.max_examples // 100), **options)
