"""Every word of the pages for visitors goes through gettext."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.test import Client

from tests import factories
from tests.pages import addresses
from tests.pseudo_language import assert_all_marked, marking, outside, pseudo_language
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Texts of the interface come from no database.
DATABASES = ("sqlite",)

TEXTS = ("title", "summary", "background", "objectives", "what_was_done", "results", "prospects")
VOCABULARIES = {
    "activity_types": (factories.ActivityTypeFactory, "activity"),
    "audiences": (factories.AudienceFactory, "audience"),
    "target_groups": (factories.TargetGroupFactory, "target-group"),
    "stages": (factories.StageFactory, "stage"),
}


@pytest.fixture
def _pseudo_language() -> Iterator[None]:
    with pseudo_language():
        yield


@pytest.fixture
def _entries(_pseudo_language: None) -> None:
    make_entries()


def make_entries() -> None:
    """One public pilot with a marked text in every field, and one more of its partner."""
    terms = {
        name: [make(slug=addresses.ARGUMENTS[page], name=f"⟪{name}⟫")] for name, (make, page) in VOCABULARIES.items()
    }
    authority = factories.AuthorityFactory(slug="the-hague", name="⟪Town⟫", place="⟪Place⟫", country="NL")
    stated = {"title": "⟪Source⟫", "publisher": "⟪Press⟫", "year": 2020, "terms_of_reuse": "⟪Free⟫"}
    source = factories.SourceFactory(slug="prepare-nine-local-activities", **stated)
    factories.SourceTextFactory(source=source, text="⟪Head⟫\n⟪Two.⟫\n⟪One.⟫ ⟪Two.⟫ ⟪Three.⟫", may_be_shown=True)
    partner = factories.PartnerFactory(
        slug="fryshuset-exit-sweden",
        name="⟪Partner⟫",
        full_name="⟪Whole partner⟫",
        kind="ngo",
        country="SE",
        original_name="⟪Partnern⟫",
        original_language="sv",
    )
    pilot = factories.PublishedPilotFactory(
        **{name: f"⟪About {name} with ⟪MAR⟫⟫" for name in TEXTS},
        **{"slug": "avignon", "authority": authority, "source": source, "partners": [partner], **terms},
        start="2019-05",
        end="2020",
        evaluation="planned",
    )
    add_parts(pilot, partner)
    factories.GlossaryTermFactory(term="⟪MAR⟫", meaning="⟪Point⟫", original="⟪Punt⟫", original_language="nl")


def add_parts(pilot: object, partner: object) -> None:
    other = bare_pilot("other")
    factories.OrganisationInvolvedFactory(pilot=other, name="⟪Staff⟫", partner=partner)
    factories.OrganisationInvolvedFactory(pilot=pilot, name="⟪Police⟫")
    for kind in ("helped", "hard", "insight", "method"):
        factories.LessonFactory(pilot=pilot, text=f"⟪Lesson {kind}⟫", kind=kind, passage="3.1, 4.2-3")
    for qualifier in ("exact", "about", "at-least"):
        factories.KeyFigureFactory(pilot=pilot, label="⟪things⟫", qualifier=qualifier)
    factories.PassageFactory(pilot=pilot, about="background", passage="3")
    factories.PassageFactory(
        pilot=pilot, about="activity_types", value=addresses.ARGUMENTS["activity"], passage="2", rests_on_heading=True
    )


def bare_pilot(slug: str) -> object:
    """Make a public pilot for which the source is silent about almost everything."""
    return factories.PublishedPilotFactory(
        slug=slug,
        title="⟪Title⟫",
        summary="⟪Summary⟫",
        activity_types=[],
        authority=factories.AuthorityFactory(name="⟪Agency⟫", place="⟪There⟫", country="SE", kind="national-agency"),
        source=factories.SourceFactory(slug=f"source-of-{slug}", title="⟪Other source⟫"),
        partners=[factories.PartnerFactory(slug=f"partner-of-{slug}", name="⟪Friends⟫")],
    )


LISTS = (
    "",
    "?country=NL&partner=fryshuset-exit-sweden&q=%E2%9F%AATown%E2%9F%AB",
    "?country=NL&country=SE",
    "?country=SE&partner=fryshuset-exit-sweden",
    "?country=SE&partner=fryshuset-exit-sweden&q=%E2%9F%AAzzz%E2%9F%AB",
    "?q=%E2%9F%AAMAR%E2%9F%AB",
    "?country=%E2%9F%AAXX%E2%9F%AB&%E2%9F%AAcolour%E2%9F%AB=red&sort=newest",
)
PATHS = [path for path in addresses.page_addresses() if "?" not in path] + [
    f"{path}{query}" for path in ("/pilots/", "/lessons/", "/matrix/", "/partners/") for query in LISTS
]
PATHS += [
    f"/compare/?{query}"
    for query in (
        "pilot=avignon",
        "pilot=avignon&pilot=other&keep=other&keep=%E2%9F%AAno%E2%9F%AB",
        "pilot=other&pilot=avignon&show=differences&%E2%9F%AAcolour%E2%9F%AB=red",
    )
]
PATHS += ["/shortlist/?keep=avignon", "/shortlist/?keep=other&keep=avignon&%E2%9F%AAcolour%E2%9F%AB=red"]
PATHS += [f"/matrix/?{query}" for query in ("rows=stage&columns=stage", "rows=%E2%9F%AAevil%E2%9F%AB&columns=partner")]


@pytest.mark.parametrize("path", [*PATHS, "/pilots/other/", "/partners/partner-of-other/", "/sources/source-of-other/"])
@pytest.mark.usefixtures("_entries")
def test_every_page_with_entries(path):
    response = visitor().get(path)
    assert response.status_code == 200
    assert_all_marked(response)


@pytest.mark.parametrize(
    "path",
    ["/", "/pilots/", "/lessons/", "/matrix/", "/compare/", "/partners/", "/authorities/", "/glossary/", "/about/"],
)
@pytest.mark.usefixtures("_pseudo_language")
def test_every_page_of_an_empty_portal(path):
    assert_all_marked(visitor().get(path))


@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.usefixtures("_pseudo_language")
def test_list_of_several_pages(page):
    for number in range(13):
        bare_pilot(f"pilot-{number}")
    assert_all_marked(visitor().get(f"/pilots/?page={page}&country=SE"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nowhere/", 404),
        ("/pilots/?page=2", 404),
        ("/pilots/?page=%E2%9F%AAx%E2%9F%AB", 400),
        ("/pilots/?q=" + "a" * 201, 400),
        ("/pilots/?q=%00", 400),
    ],
)
@pytest.mark.usefixtures("_pseudo_language")
def test_pages_for_what_visitors_get_wrong(path, status):
    response = visitor().get(path)
    assert response.status_code == status
    assert_all_marked(response)


@pytest.mark.parametrize(
    ("exception", "status"), [(PermissionDenied(), 403), (RuntimeError(), 500), (OperationalError(), 503)]
)
@pytest.mark.usefixtures("_pseudo_language")
def test_pages_for_what_goes_wrong_here(monkeypatch, exception, status):
    def fail(*_args, **_others):
        raise exception

    monkeypatch.setattr("pilots.pages.about.Source.objects.filter", fail)
    response = Client(raise_request_exception=False).get("/about/")
    assert response.status_code == status
    assert_all_marked(response)


@pytest.mark.usefixtures("_pseudo_language")
def test_page_for_a_refused_form():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")
    assert response.status_code == 403
    assert_all_marked(response)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("⟦Hello⟧, ⟪World⟫ 12", []),
        ("⟪The ⟪MAR⟫ met⟫", []),
        ("⟦Hello⟧ there ⟪World⟫ and", ["there", "and"]),
        ("⟦3 pilots⟧ or", ["or"]),
        ("⟦kept at⟧ http://127.0.0.1/?a=b⟦.⟧ here", ["here"]),
    ],
)
def test_what_stands_in_no_mark_is_found(text, left):
    assert outside(text) == left


@pytest.mark.parametrize(
    "part",
    ["<p>bare</p>", '<p aria-label="bare"></p>', '<img alt="bare">', '<meta name="description" content="bare">'],
)
def test_a_bare_word_anywhere_on_a_page_is_found(part):
    with pytest.raises(AssertionError, match="bare"):
        assert_all_marked(f"<html><head><title>⟦Title⟧</title></head><body>⟦Text⟧{part}</body></html>")


def test_places_for_values_are_not_marked():
    assert marking(lambda text: text)("%(count)d pilots match: %(chosen)s.") == "%(count)d⟦ pilots match: ⟧%(chosen)s."
    assert marking(lambda text: text)("%s") == "%s"
