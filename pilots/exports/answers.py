"""Answers that are files: their names, who may keep them, and how a long one is sent so that a part is no whole."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify

from pilots.browse.selection import Selection
from pilots.index.disk_cache import FILES
from pilots.index.terms import Terms
from pilots.models.translation import current_language
from pilots.pages import errors
from prepare_portal.context import origin

# A file with more entries is sent in parts while it is made: the parts take little memory, however many they are.
MOST_WHOLE = 500
# Long files that a process sends at once, so that a slow reader keeps no other out; two threads stay free for pages.
# The server gives a reader up after a time (`answered_within` in gunicorn.conf.py), and who waits gets the place.
MOST_SENT = 2
# Part of every tag: raise it when a file says the same content in another way.
FORMAT = 2
LONGEST_NAME = 80  # characters

_sending = threading.BoundedSemaphore(MOST_SENT)


@dataclass(frozen=True)
class FileType:
    """How a file's name ends, what HTTP calls it, and whether browsers save it instead of showing it."""

    suffix: str
    media_type: str
    is_attachment: bool = True


CSV = FileType("csv", "text/csv; charset=utf-8; header=present")
XLSX = FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@dataclass(frozen=True)
class File:
    """A file of `count` entries at one content version, which is None where nothing may be cached.

    A long one is kept on disk under its `address`, and on none without. `languages` are those of its texts
    where they can be others than that of its address.
    """

    kind: FileType
    name: str
    version: int | None
    count: int
    terms: Terms
    chunks: Callable[[], Iterator[bytes]]
    address: str = ""
    languages: tuple[str, ...] = ()


def answer(request: HttpRequest, file: File) -> HttpResponseBase:
    """The file, 304 where the visitor has it, 503 while the process sends others that are long."""
    tag = _tag(file)
    if tag and (unchanged := get_conditional_response(request, etag=tag)):
        return marked(unchanged, file, tag)
    if file.count <= MOST_WHOLE:
        return marked(HttpResponse(b"".join(file.chunks()), content_type=file.kind.media_type), file, tag)
    if request.META.get("SERVER_PROTOCOL") == "HTTP/1.0":
        return errors.needs_chunks(request)
    return long_answer(request, replace(file, chunks=_kept_chunks(file, tag)), tag)


def long_answer(request: HttpRequest, file: File, tag: str, size: int | None = None) -> HttpResponseBase:
    """The file in parts, with its length where its `size` is known; 503 while the process sends as many as it may."""
    response: HttpResponseBase = HttpResponse(content_type=file.kind.media_type)
    if request.method != "HEAD":
        if not _sending.acquire(blocking=False):
            return errors.busy(request)
        body = _parts(file.chunks)
        next(body)
        response = StreamingHttpResponse(body, content_type=file.kind.media_type)
    if size is not None:
        response.headers["Content-Length"] = str(size)
    return marked(response, file, tag)


def address_of(request: HttpRequest, query: str) -> str:
    """The address of a file in one spelling: what is made for one who asks is cached for all who ask the same."""
    return f"{origin(request)}{request.path}{query}"


def kept_address(request: HttpRequest, selection: Selection, query: str) -> str:
    """The address under which a long file is kept; none where it names a visitor's words, which are on no disk."""
    return "" if selection.q else address_of(request, query)


def file_name(name: str, selection: Selection) -> str:
    """What a file is called, without its ending: of what, chosen by what, on which day.

    Searched words are the visitor's own, and not put into names.
    """
    values = [value for values in selection.chosen.values() for value in values]
    chosen = slugify("-".join([*values, *(["search"] if selection.q else [])]))[:LONGEST_NAME].strip("-")
    return "-".join(filter(None, [name, chosen, f"{timezone.localdate():%Y-%m-%d}"]))


def _kept_chunks(file: File, tag: str) -> Callable[[], Iterator[bytes]]:
    """The parts of a long file, which is made once for each address as long as its tag holds."""
    version = file.version
    if version is None or not file.address or not settings.PAGE_CACHE:
        return file.chunks
    return lambda: FILES.read_or_make(version, f"{file.address} {tag}", file.chunks)


def _parts(chunks: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Yield nothing as soon as the first part is made, then the parts.

    Where making one fails, the server ends the connection without the end that HTTP's chunks have, and no program
    takes what came for the whole.
    """
    try:
        parts = chunks()
        first = next(parts, b"")
        yield b""
        yield first
        yield from parts
    finally:
        _sending.release()


def _tag(file: File) -> str:
    """The same for the same content on the same day, in every process and on every machine."""
    if file.version is None:
        return ""
    return f'W/"{file.version}-{timezone.localdate():%Y%m%d}-{FORMAT}-{settings.HIDE_UNCHECKED_TRANSLATIONS:d}"'


def marked(response: HttpResponseBase, file: File, tag: str) -> HttpResponseBase:
    """The response with the name of its file, the terms, and its tag or that nobody may keep it."""
    disposition = "attachment" if file.kind.is_attachment else "inline"
    response.headers["Content-Disposition"] = f'{disposition}; filename="{file.name}.{file.kind.suffix}"'
    if file.languages:
        response.headers["Content-Language"] = ", ".join(dict.fromkeys([current_language(), *file.languages]))
    response.headers["Link"] = f'<{file.terms.address}>; rel="terms-of-service"'
    if tag:
        response.headers["ETag"] = tag
    else:
        response.headers["Cache-Control"] = "no-store"
    return response
