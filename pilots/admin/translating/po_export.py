"""PO files to take away: the texts of one entry, or of all and of what they name, in one language."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pilots.admin.pilot.views.base import PilotView
from pilots.admin.pilot.views.history import readable_copy
from pilots.admin.translating.base import TranslatingView
from pilots.admin.translating.po_texts import names_of
from pilots.admin.translating.standing import to_translate
from pilots.admin.translating.words import describe, full_label
from pilots.history.earlier_wordings import wordings_by_entry
from pilots.history.translated_texts import TranslatedText, translated_texts
from pilots.models import Pilot
from pilots.models.content import Content, read_contents
from pilots.models.passage import describe_passage
from pilots.models.provenance import State
from pilots.po_files.reader import MOST_ENTRIES
from pilots.po_files.writer import ExportedText, to_po
from pilots.security_log import Event, record

TO_DO = "to-do"
Name = tuple[str, str, TranslatedText]


class PoView(TranslatingView):
    """Sends the texts of entries, names and descriptions; with `?only=to-do`, those with which something is to do."""

    right = "pilots.view_pilot"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Raises Http404 for no language, PermissionDenied for one of others."""
        super().setup(request, *args, **kwargs)
        self.open_language(kwargs["language"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        rows = to_translate(request.user).order_by("pk")[:MOST_ENTRIES]
        return self.send(rows, "pilots", names_of(request.user, self.language))

    def send(self, rows: Iterable[Pilot], name: str, names: Iterable[Name] = ()) -> HttpResponse:
        """The file. As many queries for one entry as for many."""
        only = self.request.GET.get("only", "")
        if only not in ("", TO_DO):
            raise SuspiciousOperation(f"“{only}” is no part of a file.")
        entries = list(rows)
        texts = chain(exported(entries, self.language, self.request.user), exported_names(names))
        data = to_po((one for one in texts if not only or is_to_do(one.text)), self.language)
        unpublished = sum(not row.is_public for row in entries)
        record(Event.EXPORTED, by=self.request.user, kind="po", entries=len(entries), unpublished=unpublished)
        headers = {"Content-Disposition": f'attachment; filename="{name}.{self.language}.po"'}
        return HttpResponse(data, content_type="text/x-gettext-translation; charset=utf-8", headers=headers)


class EntryPoView(PilotView, PoView):
    """Sends the texts of one entry, or of its working copy, as the page has them beside the English."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = readable_copy(request.user, self.pilot) or self.pilot
        return self.send([row], self.pilot.public_slug)


def is_to_do(text: TranslatedText) -> bool:
    return text.state != State.CURRENT or text.is_unchecked


def exported_names(names: Iterable[Name]) -> Iterator[ExportedText]:
    """The texts of what is no entry."""
    for slug, label, text in names:
        yield ExportedText(slug, text, (label, describe(text)))


def exported(rows: Iterable[Pilot], language: str, user: Any) -> Iterator[ExportedText]:
    """The texts of these rows, with what a translator wants to know of each."""
    entries = {row.pk: row.entry_id for row in rows}
    contents = read_contents(entries)
    texts = {pk: translated_texts(content, language) for pk, content in contents.items()}
    earlier = wordings_by_entry(user, {entries[pk]: found for pk, found in texts.items()})
    for pk, content in contents.items():
        for text in texts[pk]:
            wording = earlier[entries[pk]].get(text.path, "")
            yield ExportedText(content["slug"], text, tuple(remarks(text, content)), wording)


def remarks(text: TranslatedText, content: Content) -> Iterator[str]:
    """What stands above a text: which one it is, where it is in the source, how it stands."""
    yield full_label(text.path, content)
    if text.pointer:
        yield _("In the source: %(said_in)s") % {"said_in": describe_passage(text.pointer)}
    yield describe(text)
