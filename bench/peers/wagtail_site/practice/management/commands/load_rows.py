"""Fill an empty site with the rows of the portal."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from practice.listing import FACETS
from practice.models import Lesson, PracticeIndexPage, PracticePage
from wagtail.models import Page, Site

TEXTS = ("title", "slug", "place", "summary", "background", "objectives", "what_was_done", "results", "prospects")


class Command(BaseCommand):
    """Makes the list and the pages."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make the list where Wagtail's welcome page was, then a page a line."""
        Site.objects.all().delete()
        root = Page.get_first_root_node()
        home = root.add_child(instance=Page(title="Home", slug="practice-home"))
        Site.objects.create(hostname="127.0.0.1", root_page=home, is_default_site=True)
        index = home.add_child(instance=PracticeIndexPage(title="Pilots", slug="pilots"))
        for line in Path(options["file"]).read_text(encoding="utf-8").splitlines():
            self._make(index, json.loads(line))

    def _make(self, index: PracticeIndexPage, row: dict[str, Any]) -> None:
        terms = {relation: self._terms(relation, row["facets"][name]) for name, relation, _label in FACETS}
        [country] = terms.pop("country")
        page = index.add_child(instance=PracticePage(country=country, **{name: row[name] for name in TEXTS}))
        for relation, values in terms.items():
            setattr(page, relation, values)
        page.lessons = [Lesson(text=text) for text in row["lessons"]]
        page.save()

    def _terms(self, relation: str, values: dict[str, str]) -> list[Any]:
        model = PracticePage._meta.get_field(relation).related_model
        return [model.objects.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in values.items()]
