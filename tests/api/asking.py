"""The API as tests ask it."""

import json
from typing import Any

from tests.visitors import visitor

HOME, ROOT = "http://127.0.0.1:8000", "/api/v1/"
PROBLEM = "application/problem+json"
ORIGINAL = {"made_by": None, "checked_on": None, "translation": None}
NOT_STATED = {"text": None, "language": None, "state": "not-stated", **ORIGINAL}


def ask(address: str, **headers: str) -> Any:
    """The response to a program; `address` begins below the root."""
    return visitor().get(ROOT + address, headers=headers)


def read(address: str) -> Any:
    """The body of an answer that has one."""
    response = ask(address)
    assert response.status_code == 200, (address, response.content)
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def slugs(address: str) -> list[str]:
    return [one["slug"] for one in read(address)["results"]]


def problem(address: str, status: int) -> dict[str, Any]:
    response = ask(address)
    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM), address
    said: dict[str, Any] = json.loads(response.content)
    assert said["status"] == status
    return said


def on_all_pages(address: str) -> list[Any]:
    """The results of a list, page after page by the links of each."""
    found, following, total = [], address, 0
    while following:
        body = read(following)
        found += body["results"]
        total, following = body["total"], (body["links"]["next"] or "").removeprefix(f"{HOME}{ROOT}")
    assert len(found) == total
    return found
