"""What the API says of partners, authorities, vocabularies, terms and sources."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from pilots.api.fields import NOT_STATED, STABLE, PageField, StatedField, TextField, TextSerializer, text_of
from pilots.api.vocabularies import VocabularyValue


class CountrySerializer(serializers.Serializer):
    """A country."""

    code = serializers.CharField(help_text="ISO 3166-1, two letters")
    name = serializers.CharField()


@extend_schema_field(CountrySerializer(allow_null=True))
class CountryField(serializers.Field):
    """A country; null where it is not stated."""

    def __init__(self) -> None:
        super().__init__(read_only=True)

    def to_representation(self, value: Any) -> dict[str, str] | None:
        return {"code": value.code, "name": str(value.name)} if value else None


class OrganisationSerializer(serializers.Serializer):
    """What partners and authorities have in common."""

    id = serializers.IntegerField(source="pk", help_text=STABLE)
    slug = serializers.CharField()
    page = PageField()
    kind = StatedField()
    country = CountryField()
    website = StatedField()
    public_contact = StatedField(help_text="an address that the organisation itself has published")
    pilots = serializers.SerializerMethodField(help_text="slugs of its public pilots")

    def get_pilots(self, row: Any) -> list[str]:
        slugs: list[str] = self.context["pilots"](row)
        return slugs


class PartnerSerializer(OrganisationSerializer):
    """An NGO or network that an authority worked with."""

    name = TextField()
    full_name = TextField()
    original_name = StatedField(help_text="in its own language, where it differs")
    original_language = StatedField()
    involved_in = serializers.SerializerMethodField(help_text="slugs of public pilots that it took part in otherwise")

    def get_involved_in(self, row: Any) -> list[str]:
        slugs: list[str] = self.context["involved"](row)
        return slugs


class AuthoritySerializer(OrganisationSerializer):
    """A public body that ran a pilot."""

    name = TextField()
    place = TextField()
    latitude = serializers.DecimalField(max_digits=8, decimal_places=5, coerce_to_string=False, allow_null=True)
    longitude = serializers.DecimalField(max_digits=8, decimal_places=5, coerce_to_string=False, allow_null=True)


class VocabularyValueSerializer(serializers.Serializer):
    """A value of a vocabulary."""

    id = serializers.IntegerField(
        source="row.pk", default=None, allow_null=True, help_text=f"{STABLE}; null for a code"
    )
    slug = serializers.CharField(help_text="what filters take")
    name = serializers.CharField(help_text="in the language asked for, else in another")
    description = serializers.SerializerMethodField(help_text="what belongs there")
    page = PageField()
    count = serializers.IntegerField(help_text="how many public pilots, or lessons, have it")

    @extend_schema_field(TextSerializer)
    def get_description(self, value: VocabularyValue) -> dict[str, str | None]:
        return text_of(value.row, "description") if value.row else NOT_STATED.copy()


class VocabularySerializer(serializers.Serializer):
    """What pilots are classified by, or what may be stated of them; a filter of the same name takes its values."""

    name = serializers.CharField(help_text="name of the filter")
    label = serializers.CharField()
    values = VocabularyValueSerializer(many=True)


class GlossaryTermSerializer(serializers.Serializer):
    """An abbreviation or a term that readers may not know."""

    id = serializers.IntegerField(source="pk", help_text=STABLE)
    slug = serializers.CharField()
    page = PageField()
    term = TextField()
    meaning = TextField()
    original = StatedField(help_text="in its own language")
    original_language = StatedField()


class SourceSerializer(serializers.Serializer):
    """A text that pilots are written from."""

    id = serializers.IntegerField(source="pk", help_text=STABLE)
    slug = serializers.CharField()
    page = PageField()
    title = TextField()
    publisher = StatedField()
    year = serializers.IntegerField(allow_null=True)
    url = StatedField(help_text="where it was published")
    terms_of_reuse = TextField()
