"""Errors as programs read them: application/problem+json (RFC 9457)."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from django.urls import reverse
from rest_framework.exceptions import APIException

PROBLEM = "application/problem+json"


def is_api(path: str) -> bool:
    """Whether programs ask there. The page about it is for people."""
    return path.startswith(reverse("api-root"))


def problem(status: int, detail: str, **more: str) -> JsonResponse:
    """An error in one sentence. `more` are members beside the standard ones; those that are empty are left out."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    named = {name: value for name, value in more.items() if value}
    return JsonResponse(said | named, status=status, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})


def answer_to(error: Exception, context: dict[str, Any]) -> JsonResponse | None:
    """What REST framework's own errors answer. All others are handled where those of pages are: see `pages.errors`."""
    return problem(error.status_code, str(error.detail)) if isinstance(error, APIException) else None
