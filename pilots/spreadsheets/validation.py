"""What is wrong with the content that a row makes: values that are not known or do not fit their field."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from pilots.history.differences import differences
from pilots.models import Passage, Pilot
from pilots.models.content import MANY, ONE, PART_FIELDS, PARTS, PLAIN, Content
from pilots.models.passage import CLASSIFICATIONS, NO_VALUE
from pilots.spreadsheets.cell_texts import part_text
from pilots.spreadsheets.cells import join_values
from pilots.spreadsheets.columns import DATES, PASSAGES, SheetColumn
from pilots.spreadsheets.known_slugs import KnownSlugs
from pilots.spreadsheets.nearest import nearest
from pilots.spreadsheets.rows import Problem, form_of

FORM_OF_DATES = {"reviewed_on": "2019-05-17"}
SERIAL = re.compile(r"[2-6]\d{4}", re.ASCII)  # days since 1900, from 1954 to 2091
LOST = "\ufffd"
MOST_VALUES = 100  # of one vocabulary in an entry


def resolve_slugs(content: Content, known: KnownSlugs) -> list[Problem]:
    """Put the slugs that are meant into `content`, and return what names nothing that is there."""
    problems: list[Problem] = []
    for name in ONE:
        content[name] = _meant(SheetColumn(name), name, content[name], known, problems) if content[name] else ""
    for name in MANY:
        if len(content[name]) > MOST_VALUES:
            words = _("This cell has %(count)d values; %(most)d are the most.")
            words %= {"count": len(content[name]), "most": MOST_VALUES}
            problems.append(Problem(SheetColumn(name).name, content[name][0][:80], words))
            content[name] = []
        slugs = [_meant(SheetColumn(name), name, said, known, problems) for said in content[name]]
        content[name] = sorted(set(slugs))
    for part in content["organisations_involved"].values():
        if part["partner"]:
            column = SheetColumn("organisations_involved", "en")
            part["partner"] = _meant(column, "partners", part["partner"], known, problems)
    return problems


def _meant(column: SheetColumn, field: str, said: str, known: KnownSlugs, problems: list[Problem]) -> str:
    slug = known.find(field, said)
    if slug is None:
        words = _("There is no “%(said)s”. %(near)s") % {"said": said[:80], "near": known.nearest(field, said)}
        problems.append(Problem(column.name, said[:200], words))
    return slug or said


def invalid_values(content: Content, present: Content | None) -> list[Problem]:
    """What does not fit its field or is missing. What `present` says already is not complained about."""
    found = [*_facts(content), *_texts(content), *_parts(content), *_passages(content)]
    if present is None:
        return [problem for _path, problem in found]
    changed = {difference.path for difference in differences(present, content)}
    touched = {path[:length] for path in changed for length in range(1, len(path) + 1)}
    return [problem for path, problem in found if path in touched]


Found = Iterator[tuple[tuple[str, ...], Problem]]


def _facts(content: Content) -> Found:
    for name in (*ONE, "partners"):
        if not content[name]:
            words = _("This cell may not be empty. Write a slug from the sheet “allowed values”.")
            yield (name,), Problem(SheetColumn(name).name, "", words)
    for name in PLAIN:
        for message in complaints(Pilot._meta.get_field(name), content[name]):
            yield (name,), Problem(SheetColumn(name).name, content[name], message)
    start, end = content["start"], content["end"]
    shorter = min(len(start), len(end))
    if end[:shorter] < start[:shorter]:
        for name in ("start", "end"):
            yield (name,), Problem(name, content[name], _("The end is before the start. Correct one of the two."))
            return


def _texts(content: Content) -> Found:
    model: Any = Pilot._meta.get_field("translations").related_model
    for code in sorted({"en", *content["texts"]}):
        texts = content["texts"].get(code, {})
        for name in {"title", *texts}:
            for message in complaints(model._meta.get_field(name), texts.get(name, "")):
                is_title_missing = name == "title" and not texts.get(name)
                path = ("texts", code) if is_title_missing and code in content["texts"] else ("texts", code, name)
                yield path, Problem(SheetColumn(name, code).name, texts.get(name, ""), message)


def _parts(content: Content) -> Found:
    for name, model in PARTS.items():
        column = SheetColumn(name, "en")
        translation: Any = model._meta.get_field("translations").related_model
        text_field = translation._meta.get_field(part_text(name))
        for number, part in content[name].items():
            for message in _about_part(name, model, part):
                yield (name, number), Problem(column.name, _line(number, name, part), message)
            for code in sorted({"en", *part["texts"]}):
                text = part["texts"].get(code, {}).get(part_text(name), "")
                if text or code == "en":  # visitors would read another language in its place
                    for message in complaints(text_field, text):
                        yield (name, number), Problem(SheetColumn(name, code).name, f"{number} | {text}"[:200], message)


def _line(number: str, name: str, part: Content) -> str:
    return join_values([number, *(str(part[field]) for field in PART_FIELDS[name])])


def _about_part(name: str, model: type[models.Model], part: Content) -> Iterator[str]:
    said_wrong = False
    for field_name in PART_FIELDS[name]:
        if field_name != "partner":
            field = model._meta.get_field(field_name)
            for message in complaints(field, part[field_name]):
                said_wrong = True
                words = _("%(field)s: %(message)s The form is “%(form)s”.")
                form = form_of(SheetColumn(name, "en"))
                yield words % {"field": field.verbose_name, "message": message, "form": form}  # type: ignore[union-attr]
    if not said_wrong and part.get("upper") and float(part["upper"]) <= float(part["value"]):
        yield _("“Up to” must be more than the value. Leave it empty if there is no range.")


def _passages(content: Content) -> Found:
    abouts = [str(value) for value in Passage.About.values]
    for key, said in content["passages"].items():
        about, _sep, value = key.partition("/")
        messages = []
        if about not in abouts:
            near = nearest(about, abouts)
            messages = [_("A passage cannot be about “%(about)s”. %(near)s") % {"about": about[:80], "near": near}]
        messages += complaints(Passage._meta.get_field("value"), value)
        messages += [str(NO_VALUE)] if value and about in abouts and about not in CLASSIFICATIONS else []
        messages += complaints(Passage._meta.get_field("passage"), said["passage"])
        for message in messages:
            yield ("passages", key), Problem(PASSAGES.name, f"{key} | {said['passage']}"[:200], message)


def complaints(field: Any, value: str) -> list[str]:
    """What is wrong with a value of a model's field, as whole sentences, with what would be right."""
    if field.null and not value:
        return []
    if LOST in value:
        return [_("“%(sign)s” stands for a letter that was lost when the file was saved. Write it.") % {"sign": LOST}]
    try:
        field.clean(value, None)
    except ValidationError as error:
        messages = [str(message) for message in error.messages]
    else:
        return []
    if not value:
        return [_("This cell may not be empty.")]
    return better(field, value) or messages


def better(field: Any, value: str) -> list[str]:
    """What to write instead of a wrong value, where that can be said better than by the field."""
    if field.choices:
        return [nearest(value, [choice for choice, _name in field.flatchoices if choice])]
    if field.name in DATES and SERIAL.fullmatch(value):
        return [about_serial(int(value))]
    if field.name in FORM_OF_DATES:
        return [_("Write a day as %(form)s.") % {"form": FORM_OF_DATES[field.name]}]
    return []


def about_serial(number: int) -> str:
    """What a number of days means, and what to write."""
    day = from_excel(number)
    words = _("%(number)d is how spreadsheets count the day %(day)s. Write %(day)s, %(month)s or %(year)s.")
    return words % {"number": number, "day": f"{day:%Y-%m-%d}", "month": f"{day:%Y-%m}", "year": f"{day:%Y}"}
