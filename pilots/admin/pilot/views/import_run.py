"""The page of an import while it runs: it shows how far it is, piece by piece, and at the end what became of it."""

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any

from django.db import Error as DatabaseError
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pilots.accounts.refusals import note_if_denied
from pilots.admin.confirm import REFUSALS, AdminView, reason_of

log = logging.getLogger(__name__)

EVERY = 10
MARK = "[progress]"

# Yields how many of all are done.
UnderWay = Generator[int, None, None]
Result = dict[str, Any]


def show_import(
    view: AdminView, under_way: UnderWay, total: int, *, again: str, finish: Callable[[], Result]
) -> StreamingHttpResponse:
    """Import, and show how far it is; closed before its end, it writes nothing.

    `again` is the page that asks for the file. `finish` is called once all is written, and says what the page is to
    say of it.
    """
    # Compression would hold the lines back until the end, and so would a proxy that waits for more.
    headers = {"Content-Encoding": "identity", "X-Accel-Buffering": "no"}
    pieces = _pieces(view, under_way, total, again, finish)
    return StreamingHttpResponse(pieces, content_type="text/html; charset=utf-8", headers=headers)


def _pieces(
    view: AdminView, under_way: UnderWay, total: int, again: str, finish: Callable[[], Result]
) -> Iterator[str]:
    context = view.frame() | {"title": _("Importing"), "mark": MARK}
    head, middle, foot = render_to_string("admin/pilots/pilot/import_run.html", context, view.request).split(MARK)
    yield head
    try:
        with closing(under_way):
            for done in under_way:
                if done % EVERY == 0 or done == total:
                    words = _("%(done)d of %(total)d …") % {"done": done, "total": total}
                    yield format_html("<li>{}</li>\n", words)
    except REFUSALS as refusal:
        note_if_denied(view.request, refusal)
        result: Result = {"refusal": reason_of(refusal)}
    except DatabaseError:
        log.exception("An import was broken off.")
        result = {"refusal": _("The database was busy with something else for too long. Try again in a minute.")}
    else:
        result = finish()
    yield middle
    yield render_to_string("admin/pilots/pilot/import_result.html", result | {"again": again}, view.request)
    yield foot
