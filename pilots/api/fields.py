"""Fields that the resources share: texts with their language and state, references, addresses."""

from typing import Any

from django.utils.translation import gettext_noop
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from pilots.api.filters import ORIGINAL
from pilots.browse.value_addresses import address_of
from pilots.index.facet_values import Named
from pilots.models.provenance import State
from pilots.models.translation import current_language

STABLE = "stays what it is, whatever else changes"
STATES = {
    "original": gettext_noop("in the language it was written in"),
    "translated": gettext_noop("in the language that was asked for"),
    "not-translated": gettext_noop("in another language than was asked for"),
    "not-stated": gettext_noop("the source does not state it, or nobody has written it"),
}


class TextSerializer(serializers.Serializer):
    """A text, plain: line breaks stand for themselves, and nothing in it is markup."""

    text = serializers.CharField(allow_null=True, help_text="null where it is not stated")
    language = serializers.CharField(allow_null=True, help_text="language it is in (BCP 47), or null")
    state = serializers.ChoiceField(choices=list(STATES), help_text="; ".join(f"`{k}`: {v}" for k, v in STATES.items()))
    made_by = serializers.ChoiceField(
        choices=["machine", "person"], allow_null=True, help_text="who translated it; null for an original, or unknown"
    )
    checked_on = serializers.DateField(
        allow_null=True, help_text="when a person checked the translation; null: nobody has"
    )
    translation = serializers.ChoiceField(
        choices=State.values,
        allow_null=True,
        help_text="of what was asked for: `missing`, or how it stands to the original as it is now; "
        "null for an original, or unknown",
    )


NOT_A_TRANSLATION: dict[str, str | None] = {"made_by": None, "checked_on": None, "translation": None}
NOT_STATED: dict[str, str | None] = {"text": None, "language": None, "state": "not-stated", **NOT_A_TRANSLATION}


def text_of(row: Any, name: str) -> dict[str, str | None]:
    """A text of a row in the present language, with the language it is in."""
    asked = current_language()
    text, language = row.text_in(name, asked)
    if not text:
        return NOT_STATED.copy()
    state = "not-translated" if language != asked else "original" if language == ORIGINAL else "translated"
    said = {"text": text, "language": language, "state": state}
    if state == "original":
        return said | NOT_A_TRANSLATION
    if state == "not-translated":
        return said | NOT_A_TRANSLATION | {"translation": State.MISSING.value}
    standing = row.standing_in(name, language)
    return said | {
        "made_by": standing.made_by,
        "checked_on": standing.checked_on,
        "translation": standing.state and standing.state.value,
    }


class RowField(serializers.Field):
    """A field made of the whole row, or of what `source` names."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"source": "*", "read_only": True, **options})


@extend_schema_field(TextSerializer)
class TextField(RowField):
    """A text of the row that is called like the field."""

    def to_representation(self, value: Any) -> dict[str, str | None]:
        return text_of(value, str(self.field_name))


@extend_schema_field({"type": "string", "format": "uri"})
class PageField(RowField):
    """The address of the page that people read."""

    def to_representation(self, value: Any) -> str:
        return f"{self.context['site']}{value.get_absolute_url()}"


class StatedField(serializers.CharField):
    """A text without a language; null where it is not stated."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_null": True, "read_only": True, **options})

    def to_representation(self, value: Any) -> str | None:
        return str(value) if value else None


class ReferenceSerializer(serializers.Serializer):
    """One value that a pilot is classified by."""

    id = serializers.IntegerField(help_text=STABLE)
    slug = serializers.CharField(help_text="what filters take")
    name = serializers.CharField(help_text="in the language asked for, else in another")
    page = serializers.URLField(help_text="address of the page that people read")


@extend_schema_field(ReferenceSerializer(many=True))
class ReferencesField(serializers.Field):
    """The values of a facet, of an entry."""

    def __init__(self, facet: str) -> None:
        self._facet = facet
        super().__init__(source="values", read_only=True)

    def to_representation(self, value: dict[str, list[Named]]) -> list[dict[str, Any]]:
        site, language = self.context["site"], current_language()
        return [
            {
                "id": one.pk,
                "slug": one.slug,
                "name": one.text_in("name", language)[0] or one.slug,
                "page": f"{site}{address_of(self._facet, one.slug)}",
            }
            for one in value[self._facet]
        ]
