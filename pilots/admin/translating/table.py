"""The table of entries and languages: how the texts of each stand, and the way to translate them."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from pilots import workflow
from pilots.admin.confirm import AdminView
from pilots.admin.translating.names_table import may_translate_names
from pilots.admin.translating.standing import TO_DO, cells_of, in_order, lacks_any, to_translate, worst_first
from pilots.content_checks.fields import name_of_language
from pilots.models.access import is_reviewer, languages_of
from pilots.models.roles import LANGUAGES, translator_of

PER_PAGE = 25


def own_languages(user: Any) -> list[str]:
    """The languages that `user` keeps: of who may do everything, those of a role as translator. One query for those."""
    languages = languages_of(user)
    if not (languages and is_reviewer(user)):
        return languages
    roles = set(user.groups.values_list("name", flat=True))
    return [language for language in languages if translator_of(language) in roles]


class TranslationsView(AdminView):
    """Lists entries with the numbers of their texts by language and state. Queries do not depend on the entries."""

    right = "pilots.view_pilot"

    def get(self, request: HttpRequest) -> HttpResponse:
        user, own = request.user, own_languages(request.user)
        language = _known(request, "language", LANGUAGES)
        state = _known(request, "state", TO_DO)
        rows = to_translate(user)
        if language or state:
            rows = rows.filter(lacks_any([language] if language else LANGUAGES, [state] if state else TO_DO))
        rows = rows.order_by(*worst_first([language] if language else own or list(LANGUAGES)))
        languages = in_order([language] if language else own)
        page = Paginator(rows.prefetch_related("translations"), PER_PAGE).get_page(request.GET.get("page"))
        context = {
            "title": _("Translations"),
            "page": page,
            "rows": [(pilot, cells_of(pilot, languages)) for pilot in page],
            "columns": [name_of_language(code) for code in languages],
            "names": [(code, name_of_language(code)) for code in in_order(own) if may_translate_names(user, code)],
            "open_to": workflow.languages_open_to(user),
            "chosen": {"language": language, "state": state},
            "languages": [(code, name_of_language(code)) for code in LANGUAGES],
            "states": [*TO_DO.items()],
            "narrowed": f"&language={language}&state={state}",
        }
        return self.page("pilot/translations", context)


def _known(request: HttpRequest, name: str, values: Any) -> str:
    """A parameter that is one of `values`, "" for none. Anything else is answered with 400."""
    value = request.GET.get(name, "")
    if value and value not in values:
        raise SuspiciousOperation(f"“{value}” is no {name}.")
    return value
