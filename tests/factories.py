"""Entries for tests: small, valid, and different from one another."""

from typing import Any

import factory
from django.contrib.auth.models import User
from django.utils import timezone

from pilots import models


class Translated(factory.django.DjangoModelFactory):
    """Makes rows of a translated model; texts are given as plain arguments, in English."""

    class Meta:
        abstract = True
        skip_postgeneration_save = True


class Slugged(Translated):
    slug = factory.Sequence(lambda n: f"slug-{n}")

    class Meta:
        abstract = True


class AuthorityFactory(Slugged):
    kind = "municipality"
    country = "FR"
    name = factory.Sequence(lambda n: f"Municipality {n}")
    place = factory.Sequence(lambda n: f"Place {n}")

    class Meta:
        model = models.Authority


class PartnerFactory(Slugged):
    name = factory.Sequence(lambda n: f"Partner {n}")

    class Meta:
        model = models.Partner


class TermFactory(Slugged):
    name = factory.Sequence(lambda n: f"Term {n}")

    class Meta:
        abstract = True


class ActivityTypeFactory(TermFactory):
    class Meta:
        model = models.ActivityType


class AudienceFactory(TermFactory):
    class Meta:
        model = models.Audience


class TargetGroupFactory(TermFactory):
    class Meta:
        model = models.TargetGroup


class StageFactory(TermFactory):
    class Meta:
        model = models.Stage


class SourceFactory(Slugged):
    title = factory.Sequence(lambda n: f"Source {n}")

    class Meta:
        model = models.Source


class SourceTextFactory(factory.django.DjangoModelFactory):
    """A heading and two paragraphs, of two sentences and of one; no visitor may read them."""

    source = factory.SubFactory(SourceFactory)
    text = "Heading\n\nFirst sentence. Second sentence.\nThird paragraph."

    class Meta:
        model = models.SourceText


class GlossaryTermFactory(Slugged):
    term = factory.Sequence(lambda n: f"TERM{n}")
    meaning = "What it means."

    class Meta:
        model = models.GlossaryTerm


class FurtherReadingFactory(Slugged):
    """A work about a country; give another topic and `country=""`."""

    title = factory.Sequence(lambda n: f"Work {n}")
    country = "FR"
    covers = "What it covers."

    class Meta:
        model = models.FurtherReading


class StatementFactory(Translated):
    kind = factory.Iterator(["run-by", "paid-by", "chosen-by", "reuse"])
    text = "Sample people run it."

    class Meta:
        model = models.Statement
        django_get_or_create = ("kind",)


class SynonymSetFactory(factory.django.DjangoModelFactory):
    """Two words that nothing else holds."""

    slug = factory.Sequence(lambda n: f"slug-{n}")
    words = factory.Sequence(lambda n: f"word{n}\nother{n}")

    class Meta:
        model = models.SynonymSet


class PilotFactory(Slugged):
    """A draft with one partner and one activity type; give `partners=[…]` and the like for others."""

    title = factory.Sequence(lambda n: f"Pilot {n}")
    summary = "Who did what."
    authority = factory.SubFactory(AuthorityFactory)
    source = factory.SubFactory(SourceFactory)

    class Meta:
        model = models.Pilot

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **kwargs: Any) -> models.Pilot:
        many = {
            "partners": kwargs.pop("partners", None),
            "activity_types": kwargs.pop("activity_types", None),
            "audiences": kwargs.pop("audiences", []),
            "target_groups": kwargs.pop("target_groups", []),
            "stages": kwargs.pop("stages", []),
        }
        pilot = super()._create(model_class, *args, **kwargs)
        if many["partners"] is None:
            many["partners"] = [PartnerFactory()]
        if many["activity_types"] is None:
            many["activity_types"] = [ActivityTypeFactory()]
        for name, rows in many.items():  # to “set” them would first ask for those that a new pilot has
            if rows:
                getattr(pilot, name).add(*rows)
        return pilot


class PublishedPilotFactory(PilotFactory):
    status = "published"
    published_at = factory.LazyFunction(timezone.now)
    version = 1
    version_at = factory.SelfAttribute("published_at")


class PartFactory(Translated):
    pilot = factory.SubFactory(PilotFactory)
    number = factory.Sequence(lambda n: n + 1)

    class Meta:
        abstract = True


class LessonFactory(PartFactory):
    kind = "insight"
    text = factory.Sequence(lambda n: f"Lesson text {n}.")

    class Meta:
        model = models.Lesson


class KeyFigureFactory(PartFactory):
    value = 15
    label = factory.Sequence(lambda n: f"things of sort {n}")

    class Meta:
        model = models.KeyFigure


class OrganisationInvolvedFactory(PartFactory):
    name = factory.Sequence(lambda n: f"Organisation {n}")

    class Meta:
        model = models.OrganisationInvolved


class PassageFactory(factory.django.DjangoModelFactory):
    pilot = factory.SubFactory(PilotFactory)
    about = "summary"
    passage = "3.1"

    class Meta:
        model = models.Passage


class SecurityEventFactory(factory.django.DjangoModelFactory):
    """Somebody took drafts away."""

    at = factory.LazyFunction(timezone.now)
    event = "exported"
    actor_name = factory.Sequence(lambda n: f"editor{n}")
    details = {"kind": "xlsx", "entries": 9, "unpublished": 2}

    class Meta:
        model = models.SecurityEvent


class UserFactory(factory.django.DjangoModelFactory):
    """An account without rights; `is_staff` and `is_superuser` make an editor or administrator."""

    username = factory.Sequence(lambda n: f"user{n}")

    class Meta:
        model = User
