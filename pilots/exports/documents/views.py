"""Briefing packs of one pilot, a shortlist and a comparison, at the address of the page with an ending."""

import threading
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilots.browse.classification import renamed_values
from pilots.browse.comparison import ComparisonPage, ShortlistPage
from pilots.browse.filters import (
    FACETS,
    ComparisonFilterSet,
    LessonFilterSet,
    ShortlistFilterSet,
    TrailFilterSet,
)
from pilots.browse.refusals import refuse_ignored
from pilots.browse.retry import retry_if_changed
from pilots.browse.selection import InvalidQuery, Selection
from pilots.browse.wording import in_sentence, searched_for
from pilots.exports.answers import FORMAT, File, FileType, answer, file_name
from pilots.exports.documents.content import Asked, pack_of
from pilots.exports.documents.pack import Pack, length_of
from pilots.exports.documents.typst_writer import to_pdf
from pilots.index.disk_cache import PACKS
from pilots.index.facet_values import Classified
from pilots.index.lessons import KIND
from pilots.index.pilots import index
from pilots.index.rows import public_pilots
from pilots.index.terms import Terms, terms_of_reuse
from pilots.models import Pilot
from pilots.models.translation import current_language
from pilots.pages import errors
from pilots.pages.comparison.view import FEWEST_COMPARED, heading_of
from pilots.pages.redirects import pilot_or_answer
from prepare_portal.context import origin
from prepare_portal.phrases import any_of, series_of

PDF = FileType("pdf", "application/pdf")
DOCX = FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def to_word(pack: Pack) -> bytes:
    """The pack as DOCX, by a writer whose packages are needed only when one is made."""
    from pilots.exports.documents.docx_writer import to_docx

    return to_docx(pack)


# Characters of a pack, thirty times those of the nine pilots: to set so many takes 300 MB for some seconds.
LONGEST = 1_000_000
WRITERS: dict[FileType, Callable[[Pack], bytes]] = {PDF: to_pdf, DOCX: to_word}
_making = threading.Lock()


class MakingAnother(Exception):
    """The process makes a pack for somebody else."""


@retry_if_changed
def one_pilot_pack(request: HttpRequest, slug: str, kind: FileType) -> HttpResponseBase:
    """One pilot. The cover names the filter by which the visitor found it, where the address has one."""
    public = index()
    known = LessonFilterSet.known(public)
    selection = TrailFilterSet.read(request.GET, known, renamed_values(request.GET, known))
    refuse_ignored(request.GET, selection, TrailFilterSet.base_filters)
    found = pilot_or_answer(request, Pilot.objects.published(), slug, f"pilot-{kind.suffix}")
    if not isinstance(found, Pilot):
        return found
    pilot = public_pilots(public, [found.pk])[found.pk]
    chosen = chosen_words(selection, known)
    question = _("This one pilot; found with: %(chosen)s") % {"chosen": chosen} if chosen else _("This one pilot")
    title = " ".join(pilot.text_in("title", current_language())[0].split())
    asked = Asked(
        public, [pilot], title, question, page_address(request, "pilot", selection.query(), pilot.slug), origin(request)
    )
    return _answer(request, kind, asked, pilot.slug, is_kept=not chosen)


@retry_if_changed
def shortlist_pack(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """The pilots on the shortlist, in the order they were chosen."""
    page = ShortlistPage(request.GET)
    refuse_ignored(request.GET, page.selection, ShortlistFilterSet.base_filters)
    if not page.shortlist:
        raise InvalidQuery(_("A briefing pack needs a pilot."), "keep")
    count = {"count": len(page.shortlist)}
    title = ngettext("A shortlist of %(count)d pilot", "A shortlist of %(count)d pilots", count["count"]) % count
    question = (
        ngettext("%(count)d pilot, chosen one by one", "%(count)d pilots, chosen one by one", count["count"]) % count
    )
    asked = Asked(
        page.index, page.shortlist, title, question, page_address(request, "shortlist", page.here), origin(request)
    )
    return _answer(request, kind, asked, "shortlist")


@retry_if_changed
def comparison_pack(request: HttpRequest, kind: FileType) -> HttpResponseBase:
    """Pilots that are compared, in the order of the address."""
    compared = ComparisonPage(request.GET)
    refuse_ignored(request.GET, compared.selection, ComparisonFilterSet.base_filters)
    if len(compared.pilots) < FEWEST_COMPARED:
        raise InvalidQuery(_("A comparison needs two pilots."), "pilot")
    question = _("What do these pilots share, and where do they differ?")
    if compared.only_differences:
        question = _("Where do these pilots differ? What is the same for all is left out of the table.")
    asked = Asked(
        compared.index,
        compared.pilots,
        heading_of(compared),
        question,
        page_address(request, "compare", compared.here),
        origin(request),
        compared.only_differences,
    )
    return _answer(request, kind, asked, "-".join(["comparison", *(pilot.slug for pilot in compared.pilots)])[:120])


def page_address(request: HttpRequest, route: str, query: str, *args: str) -> str:
    """The full address of the page that a pack was made of: on paper it leads back there."""
    return f"{origin(request)}{reverse(route, args=args)}{query}"


def chosen_words(selection: Selection, known: Classified) -> str:
    """What is chosen, in our words: “country France or Spain”; searched words are the visitor's own, and quoted."""
    labels = FACETS | {KIND: LessonFilterSet.base_filters[KIND].label}
    said = [searched_for(selection.q)] if selection.q else []
    for facet, values in selection.chosen.items():
        names = any_of([known[facet][value] for value in values])
        said.append(f"{in_sentence(str(labels[facet]))} {names}")
    return series_of(said)


def _answer(request: HttpRequest, kind: FileType, asked: Asked, name: str, *, is_kept: bool = True) -> HttpResponseBase:
    """The pack as a file; what a visitor searched and filtered by is kept on no disk."""
    version, terms = asked.public.number, terms_of_reuse(asked.public.number, asked.site)
    pilots = tuple(pilot.pk for pilot in asked.pilots)
    key = (
        *(FORMAT, settings.HIDE_UNCHECKED_TRANSLATIONS, kind.suffix, timezone.localdate(), asked.language),
        *(asked.address, asked.question, asked.only_differences, pilots),
    )

    def made() -> Iterator[bytes]:
        if not _making.acquire(blocking=False):
            raise MakingAnother
        try:
            yield _written(asked, terms, kind)
        finally:
            _making.release()

    def kept() -> Iterator[bytes]:
        return PACKS.read_or_make(version, repr(key), made) if version is not None and is_kept else made()

    try:
        return answer(request, File(kind, file_name(name, Selection()), version, len(pilots), terms, kept))
    except MakingAnother:
        return errors.busy(request)


def _written(asked: Asked, terms: Terms, kind: FileType) -> bytes:
    """The pack in the form of a file. Raises InvalidQuery where it is too long."""
    too_long = InvalidQuery(_("This is too long for one document. Take the table instead."))
    if length_of(pack := pack_of(asked, terms)) > LONGEST:
        raise too_long
    try:
        return WRITERS[kind](pack)
    except TimeoutError as error:
        raise too_long from error
