"""What the API says of a pilot and of a lesson."""

from datetime import datetime
from functools import cached_property
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from pilots.api.entries import Entry, ProfileItem
from pilots.api.fields import (
    NOT_STATED,
    STABLE,
    PageField,
    ReferencesField,
    StatedField,
    TextField,
    TextSerializer,
    text_of,
)
from pilots.api.organisation_serializers import CountryField
from pilots.browse.deletions import Deletion
from pilots.index.per_version import VersionedCache
from pilots.models import Lesson
from pilots.models.parts import KeyFigure
from pilots.models.pilot import PROFILE, SECTIONS
from pilots.models.translation import current_language

# What was said of pilots: to say it takes three times as long as all else of an answer. Some four hundred values each.
SAID: VersionedCache[dict[str, Any]] = VersionedCache(1_000, 16 * 1024 * 1024, lambda said: 10_000 + 2 * len(str(said)))
POINTER = "where the source says so: paragraph and sentences, such as `3.2-4`; null where nobody noted it"


class PassageSerializer(serializers.Serializer):
    """Where the source says what one text or one classification says."""

    about = serializers.CharField(help_text="the text, item or classification")
    value = StatedField(help_text="of a classification, the slug of the value")
    passage = StatedField(help_text=POINTER)
    rests_on_heading = serializers.BooleanField(help_text="the heading says so, the text below it does not")


class ProfileItemSerializer(serializers.Serializer):
    """One item of what somebody needs who wants to repeat the pilot."""

    name = serializers.ChoiceField(choices=list(PROFILE))
    label = serializers.CharField()
    stated = serializers.BooleanField(help_text="whether the source states it")
    text = serializers.SerializerMethodField(help_text="its own text, where no other text of the pilot says it already")
    said_in = StatedField(help_text="the text of the pilot that says it already")
    passage = StatedField(help_text=POINTER)

    @extend_schema_field(TextSerializer)
    def get_text(self, item: ProfileItem) -> dict[str, str | None]:
        return text_of(item.pilot, item.name) if item.stated else NOT_STATED.copy()


class KeyFigureSerializer(serializers.Serializer):
    """A number from the source, with what it counts."""

    number = serializers.IntegerField(help_text="place in the list")
    qualifier = serializers.ChoiceField(choices=list(KeyFigure.Qualifier.values))
    value = serializers.DecimalField(max_digits=12, decimal_places=2, coerce_to_string=False)
    upper = serializers.DecimalField(
        max_digits=12, decimal_places=2, coerce_to_string=False, allow_null=True, help_text="the end of a range"
    )
    label = TextField()
    passage = StatedField(help_text=POINTER)


class OrganisationInvolvedSerializer(serializers.Serializer):
    """Another organisation that took part."""

    number = serializers.IntegerField(source="row.number", help_text="place in the list")
    name = TextField(source="row")
    partner = StatedField(help_text="slug of the partner that it is")
    passage = StatedField(source="row.passage", help_text=POINTER)


class LessonOfPilotSerializer(serializers.Serializer):
    """What a pilot learnt, or how it worked."""

    number = serializers.IntegerField(help_text="stays what it is; part of the permanent link")
    kind = serializers.ChoiceField(choices=list(Lesson.Kind.values))
    text = TextField()
    passage = StatedField(help_text=POINTER)


class AuthorityOfPilotSerializer(serializers.Serializer):
    """The public body that ran a pilot."""

    id = serializers.IntegerField(source="pk", help_text=STABLE)
    slug = serializers.CharField()
    name = TextField()
    place = TextField()
    kind = serializers.CharField()
    country = CountryField()
    page = PageField()


class SourceOfPilotSerializer(serializers.Serializer):
    """The text that a pilot is written from."""

    id = serializers.IntegerField(source="pk", help_text=STABLE)
    slug = serializers.CharField()
    title = TextField()
    page = PageField()


class SectionsSerializer(serializers.Serializer):
    """The texts of a pilot."""

    def get_fields(self) -> dict[str, Any]:
        return {name: TextField() for name in SECTIONS}


class PilotSerializer(serializers.Serializer):
    """A public pilot."""

    id = serializers.IntegerField(source="pilot.pk", help_text=STABLE)
    slug = serializers.CharField(source="pilot.slug", help_text="part of its addresses; a former one leads on")
    deleted = serializers.SerializerMethodField(help_text="always false: what is gone is given as a deletion")
    page = PageField(source="pilot")
    version = serializers.IntegerField(source="pilot.version", help_text="number of its public version")
    published_at = serializers.DateTimeField(source="pilot.published_at", help_text="when it was first published")
    version_at = serializers.SerializerMethodField(help_text="when this version was published")
    updated_at = serializers.DateTimeField(
        source="pilot.public_change_at",
        help_text="when it last changed here: published, renamed, or back after it was taken out; "
        "what `updated_after` goes by",
    )
    reviewed_on = serializers.DateField(
        source="pilot.reviewed_on", allow_null=True, help_text="when it was last compared with its source"
    )
    title = TextField(source="pilot")
    summary = TextField(source="pilot")
    sections = SectionsSerializer(source="pilot")
    profile = ProfileItemSerializer(many=True)
    authority = AuthorityOfPilotSerializer(source="pilot.authority")
    partners = ReferencesField("partner")
    activity_types = ReferencesField("activity")
    audiences = ReferencesField("audience")
    target_groups = ReferencesField("target")
    stages = ReferencesField("stage")
    organisations_involved = OrganisationInvolvedSerializer(many=True, source="organisations")
    start = StatedField(source="pilot.start", help_text="as exact as the source: `2019`, `2019-05` or `2019-05-17`")
    end = StatedField(source="pilot.end", help_text="the same")
    evaluation = StatedField(source="pilot.evaluation", help_text="what the source says of one: a status, no rating")
    key_figures = KeyFigureSerializer(many=True, source="parts.figures")
    lessons = LessonOfPilotSerializer(many=True, source="parts.lessons")
    passages = PassageSerializer(many=True, source="parts.passages")
    source = SourceOfPilotSerializer()

    def to_representation(self, instance: Entry) -> dict[str, Any]:
        """What is said of a pilot. All requests share what is cached, so nobody may change it."""
        key = (current_language(), self.context["site"], instance.pilot.pk)
        make = super().to_representation
        return SAID.get_or_make(instance.version, key, lambda: make(instance))

    def get_deleted(self, _entry: Entry) -> bool:
        return False

    def get_version_at(self, entry: Entry) -> datetime | None:
        return entry.pilot.version_at or entry.pilot.published_at


class DeletionSerializer(serializers.Serializer):
    """A pilot that was public and is not any more. Nothing is said of it but that."""

    id = serializers.IntegerField()
    slug = serializers.CharField()
    deleted = serializers.SerializerMethodField(help_text="always true")
    deleted_at = serializers.DateTimeField()

    def get_deleted(self, _deletion: Deletion) -> bool:
        return True


class HarvestedSerializer(serializers.BaseSerializer):
    """A pilot, or a deletion where changes are asked for."""

    @cached_property
    def pilot(self) -> PilotSerializer:
        return PilotSerializer(context=self.context)

    @cached_property
    def deletion(self) -> DeletionSerializer:
        return DeletionSerializer(context=self.context)

    def to_representation(self, instance: Entry | Deletion) -> dict[str, Any]:
        if isinstance(instance, Deletion):
            return dict(self.deletion.to_representation(instance))
        return dict(self.pilot.to_representation(instance))


class LessonPilotSerializer(serializers.Serializer):
    """The pilot of a lesson."""

    id = serializers.IntegerField(source="pk", help_text=STABLE)
    slug = serializers.CharField()
    title = TextField()
    page = PageField()


class LessonSerializer(LessonOfPilotSerializer):
    """A lesson or working method, with its pilot."""

    id = serializers.SerializerMethodField(help_text=f"{STABLE}: id of the pilot and number, such as `3-2`")
    page = PageField()
    pilot = LessonPilotSerializer()

    def get_id(self, lesson: Lesson) -> str:
        return f"{lesson.pilot_id}-{lesson.number}"
