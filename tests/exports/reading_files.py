"""Reads what can be taken away, with readers that others wrote."""

import csv
import io
import json
from typing import Any

import openpyxl

from tests.visitors import visitor


def body(address: str) -> bytes:
    response = visitor().get(address)
    assert response.status_code == 200, (address, response.status_code)
    return b"".join(response)


def csv_rows(address: str) -> list[dict[str, str]]:
    text = body(address).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def workbook(address: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(body(address)))


def xlsx_rows(address: str) -> list[dict[str, Any]]:
    heads, *lines = workbook(address).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def as_json(address: str) -> Any:
    return json.loads(body(address))
