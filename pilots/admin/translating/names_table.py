"""The table of names and descriptions: what is to do in one language, of organisations, values, terms and the like."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.confirm import AdminView
from pilots.admin.translating.standing import TO_DO, words_for
from pilots.admin.translating.words import in_its_language
from pilots.content_checks.fields import name_of_language
from pilots.history.translated_texts import counts_of, texts_of_row
from pilots.models import (
    ActivityType,
    Audience,
    Authority,
    FurtherReading,
    GlossaryTerm,
    Partner,
    Source,
    Stage,
    Statement,
    TargetGroup,
)
from pilots.models.roles import LANGUAGES
from pilots.models.row_texts import read_texts

PER_PAGE = 50
KINDS: tuple[Any, ...] = (
    *(ActivityType, Audience, TargetGroup, Stage, GlossaryTerm),
    *(Authority, Partner, Source, FurtherReading, Statement),
)


@dataclass(frozen=True)
class NamedRow:
    """One row with something to do: what kind it is, what it is called, how its texts stand, where they are written."""

    kind: str
    name: str
    words: str
    address: str


class NamesView(AdminView):
    """Lists what is to do in one language. A query for each kind."""

    right = "pilots.view_pilot"

    def get(self, request: HttpRequest, language: str) -> HttpResponse:
        if language not in LANGUAGES:
            raise Http404
        rows = list(to_do(request.user, language))
        context = {
            "title": _("Names and descriptions: %(language)s") % {"language": name_of_language(language)},
            "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        }
        return self.page("pilot/names", context)


def to_do(user: Any, language: str) -> Iterator[NamedRow]:
    """The rows that `user` may translate and whose texts are out of date, missing or not checked in `language`."""
    for model in KINDS:
        if not workflow.may_translate_row(user, model, language):
            continue
        kind, name = str(capfirst(model._meta.verbose_name)), model._meta.model_name
        for pk, said in read_texts(model, "master", model.objects.values("pk")).items():
            texts = texts_of_row(said, model, language)
            counts = counts_of(texts)
            if any(counts.get(state) for state in TO_DO):
                address = reverse(f"admin:pilots_{name}_translate", args=[pk, language])
                called = in_its_language(texts[0].original or texts[0].text, texts, model)
                yield NamedRow(kind, called, words_for(counts), address)


def may_translate_names(user: Any, language: str) -> bool:
    """Whether `user` may translate any of these kinds."""
    return any(workflow.may_translate_row(user, model, language) for model in KINDS)
