"""Reads the forms of a page as a browser would send them, so that tests can submit them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from typing import Any
from unittest.mock import patch

from django.db import models
from django.forms import BoundField
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

Fields = dict[str, list[str]]
TICKED = {"checkbox", "radio"}
NOT_SENT = {"submit", "button", "image", "reset", "file"}


@dataclass
class Reader(HTMLParser):
    """Collects what each form of a page would send, by the id of the form."""

    forms: dict[str, Fields] = field(default_factory=dict)
    into: Fields | None = None
    select: tuple[str, bool] = ("", False)
    first_option: str | None = None
    textarea: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a form or note one of its fields."""
        given = dict(attrs)
        if tag == "form":
            self.into = self.forms.setdefault(given.get("id") or "", {})
        elif tag == "input" and self.is_sent(given):
            self.add(given["name"], given.get("value", "on" if given.get("type") in TICKED else ""))
        elif tag == "textarea":
            self.textarea = given.get("name") or ""
            self.add(self.textarea, "")
        elif tag == "select":
            self.select, self.first_option = (given.get("name") or "", "multiple" in given), None
        elif tag == "option" and self.select[0]:
            self.note_option(given.get("value") or "", chosen="selected" in given)

    def note_option(self, value: str, *, chosen: bool) -> None:
        """Note a chosen option, and the first, which a list without a choice sends."""
        if self.first_option is None:
            self.first_option = value
        if chosen:
            self.add(self.select[0], value)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        if tag == "form":
            self.into = None
        elif tag == "textarea":
            self.textarea = ""
        elif tag == "select" and self.select[0]:
            name, multiple = self.select
            if not multiple and self.into is not None and name not in self.into and self.first_option is not None:
                self.add(name, self.first_option)
            self.select = ("", False)

    def handle_data(self, data: str) -> None:
        """Take the text of a text area, without the line break that HTML puts first."""
        if self.textarea and self.into is not None:
            before = self.into[self.textarea].pop()
            self.add(self.textarea, before + data if before else data.removeprefix("\r\n").removeprefix("\n"))

    def is_sent(self, given: dict[str, str | None]) -> bool:
        """Whether a browser would send this input."""
        kind = given.get("type", "text")
        unticked = kind in TICKED and "checked" not in given
        return bool(given.get("name")) and kind not in NOT_SENT and not unticked and "disabled" not in given

    def add(self, name: str | None, value: str | None) -> None:
        """Note a field of the open form."""
        if self.into is not None and name:
            self.into.setdefault(name, []).append(value or "")


def read_form(response: HttpResponse, form: str) -> Fields:
    """What the form with this id would send as it stands."""
    reader = Reader()
    reader.feed(response.content.decode())
    return reader.forms[form]


def address(row: models.Model, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def address_of(model: type[models.Model], page: str = "changelist") -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")


def submit(client: Client, url: str, **changes: Any) -> HttpResponse:
    """Open a page with a form about one entry, change some fields, and send it. None takes a field away."""
    data: dict[str, Any] = {**open_form(client, url), **changes}
    return client.post(url, {name: value for name, value in data.items() if value is not None})


def open_form(client: Client, url: str) -> Fields:
    """What the form about one entry would send, the tokens left out.

    The page of a row is made but not rendered, which takes most of its time: test_forms.py proves that it would send
    the same. Any other page is rendered and read.
    """
    with unrendered():
        page: Any = client.get(url)
    assert page.status_code == 200
    if "adminform" not in page.context_data:
        return next(form for name, form in forms_of(client.get(url)).items() if name.endswith(("_form", "list-form")))
    return fields_of(page)


def unrendered() -> Any:
    """Let pages be made but not rendered."""
    return patch.object(SimpleTemplateResponse, "rendered_content", "")


def fields_of(page: Any) -> Fields:
    """What the form on a page about one entry would send, whether or not the page is rendered."""
    fields: Fields = {}
    for bound in chain(shown(page.context_data["adminform"]), in_rows(page.context_data["inline_admin_formsets"])):
        for name, value in sent_by(widget_of(bound)):
            fields.setdefault(name, []).append(value)
    return fields


def shown(form: Any) -> Iterator[BoundField]:
    """Yield the fields of a form of the admin that can be typed into."""
    for line in chain.from_iterable(form):
        yield from (cell.field for cell in line if not getattr(cell, "is_readonly", False))


def in_rows(formsets: Any) -> Iterator[BoundField]:
    """Yield the fields of the rows below a form, and those that count the rows."""
    for formset in formsets:
        yield from formset.formset.management_form
        for row in formset:
            yield from shown(row)
            if row.needs_explicit_pk_field():
                yield row.pk_field().field
            if row.fk_field():
                yield row.fk_field().field


def widget_of(bound: BoundField) -> dict[str, Any]:
    """What the template of a field's widget is given."""
    widget = getattr(bound.field.widget, "widget", bound.field.widget)  # without the links beside a list of choices
    attrs = bound.build_widget_attrs({}, widget)
    return widget.get_context(bound.html_name, bound.value(), attrs)["widget"]


def sent_by(widget: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the names and values that a browser sends of a widget."""
    if "subwidgets" in widget:
        for part in widget["subwidgets"]:
            yield from sent_by(part)
    elif "optgroups" in widget:
        options = [option for _name, group, _index in widget["optgroups"] for option in group]
        chosen = [option for option in options if option["selected"]]
        is_list = "multiple" not in widget["attrs"] and options[0].get("type") not in TICKED if options else False
        for option in chosen or (options[:1] if is_list else []):
            yield widget["name"], str(option["value"])
    elif widget.get("type") not in NOT_SENT and not widget["attrs"].get("disabled"):
        if widget.get("type") not in TICKED:
            yield widget["name"], "" if widget["value"] is None else str(widget["value"])
        elif widget["attrs"].get("checked"):
            yield widget["name"], "on" if widget["value"] is None else str(widget["value"])


def forms_of(response: HttpResponse) -> dict[str, Fields]:
    """Every form of a page by its id."""
    reader = Reader()
    reader.feed(response.content.decode())
    return reader.forms


def change(client: Client, row: models.Model, **changes: Any) -> HttpResponse:
    """Change some fields of an entry through its form; fails unless it was saved."""
    response = submit(client, address(row), **changes)
    assert response.status_code == 302, errors(response)
    return response


def errors(response: HttpResponse) -> str:
    """Every message about a mistake in the forms of an answer."""
    context = getattr(response, "context_data", None) or response.context
    if not context or "errors" not in context:
        return response.content.decode()[:2000]
    return " ".join(" ".join([found] if isinstance(found, str) else found) for found in context["errors"])
