"""What is not published is nowhere: every public address answers as if hidden pilots were not there.

A new address fails here until `tests/pages/addresses.py` lists it, and with that it is checked.
"""

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import resolve, reverse
from django.utils import timezone

from pilots import models
from pilots.models import FormerSlug
from pilots.models.content import read_content
from pilots.models.pilot import PROFILE
from tests import factories
from tests.cached_content import cached_content
from tests.exports.documents.reading_packs import plain_packs
from tests.pages import addresses
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Which rows are public is asked by Django's means alone; of what searches in ways of its own, one state is enough.
DATABASES = ("sqlite",)
ON_BOTH = pytest.mark.databases("sqlite", "postgresql")

HIDDEN = ("draft", "in-review", "archived")
STATES = (*HIDDEN, "withdrawn", "in the making", "published")
HIDDEN_ONES = [pytest.param("draft", marks=ON_BOTH), *HIDDEN[1:]]
SECTIONS = ("summary", "background", "objectives", "what_was_done", "results", "prospects")
TEXTS = (*SECTIONS, *PROFILE)

# How the slugs of entries end, present ones and former ones.
SLUGS = {"pilot": ("pilot", "before"), "partner": ("partner", "former"), "authority": ("town",), "source": ("source",)}
SLUGS |= {"vocabulary": (), "term": ()}
SLUGS |= {"activity": ("activity",), "audience": ("audience",), "target-group": ("target",), "stage": ("stage",)}
COUNTRIES = ("FR", "EE")
# What only the hidden pilot has.
OF_SECRET = {
    *("/pilots/secret-pilot/", "/partners/secret-partner/", "/authorities/secret-town/", "/sources/secret-source/"),
    *("/activities/secret-activity/", "/audiences/secret-audience/", "/target-groups/secret-target/"),
    *("/stages/secret-stage/", "/countries/EE/"),
}

# Questions that a hidden pilot would answer differently.
QUERIES = (
    "",
    "?q=secret",
    "?q=shown",
    "?q=Estonia",
    "?country=EE",
    "?country=FR",
    *(f"?{name}=secret-{name}" for name in ("partner", "activity", "audience", "target", "stage")),
    *(f"?{name}=shown-{name}" for name in ("partner", "activity", "audience", "target", "stage")),
    "?country=EE&partner=secret-partner&q=secret",
    "?country=EE&partner=shown-partner&q=zzz",
    "?partner=secret-former",
    "?sort=newest&per_page=96",
    "?page=2",
    "?page=x",
    "?keep=secret-pilot&keep=shown-pilot&keep=secret-before",
    "?q=cost",
    "?stated=cost",
    "?authority_kind=municipality&stated=evaluation",
    "?kind=insight",
    "?kind=hard&target=shown-target",
    "?q=shown-secret",
)


API_QUERIES = ("?updated_after=2000-01-01", "?updated_after=2000-01-01&country=FR&per_page=96", "?lang=fr")
COMPARISONS = (
    "?pilot=shown-pilot",
    "?pilot=secret-pilot&pilot=shown-pilot&keep=secret-pilot",
    "?pilot=secret-before&show=differences",
)
MATRICES = (
    "?rows=partner&columns=country",
    "?rows=secret-activity&columns=secret-target",
    "?rows=audience&columns=stage&target=secret-target",
    "?rows=country&activity=shown-activity&keep=secret-pilot",
    "?rows=stage&columns=activity&country=EE&country=FR",
)


def make(word: str, country: str, status: str = "published", **fields: object) -> object:
    """Make a pilot whose every text and slug has `word`, with an authority, partner, values and parts of its own."""
    text = f"All about {word} things."
    pilot = factories.PublishedPilotFactory(
        slug=f"{word}-pilot",
        status=status,
        title=f"Title {word}",
        authority=factories.AuthorityFactory(slug=f"{word}-town", name=f"Town {word}", place=word, country=country),
        source=factories.SourceFactory(slug=f"{word}-source", title=f"Source {word}", publisher=word),
        partners=[factories.PartnerFactory(slug=f"{word}-partner", name=f"Partner {word}", full_name=word)],
        activity_types=[factories.ActivityTypeFactory(slug=f"{word}-activity", name=f"Activity {word}")],
        audiences=[factories.AudienceFactory(slug=f"{word}-audience", name=f"Audience {word}")],
        target_groups=[factories.TargetGroupFactory(slug=f"{word}-target", name=f"Target {word}")],
        stages=[factories.StageFactory(slug=f"{word}-stage", name=f"Stage {word}")],
        **dict.fromkeys(TEXTS, text),
        **fields,
    )
    factories.LessonFactory(pilot=pilot, text=text)
    factories.KeyFigureFactory(pilot=pilot, label=text, value=4711 if word == "secret" else 1)
    factories.OrganisationInvolvedFactory(pilot=pilot, name=f"Organisation {word}")
    for number, about in enumerate(("summary", *PROFILE), start=1):
        factories.PassageFactory(pilot=pilot, about=about, passage=f"3.{number}")
    models.SourceText.objects.create(source=pilot.source, text=f"Words of {word}.", may_be_shown=word == "secret")
    for about in ({"country": country}, {"stage": pilot.stages.get(), "country": ""}):
        factories.FurtherReadingFactory(title=f"Work {word}", author=word, **about)
    return pilot


def hide(status: str, shown: object) -> None:
    """Add a hidden pilot, and others that touch in every way what the public pilot uses.

    "withdrawn": it was public once, at its present and its former address. The others in HIDDEN never were.
    """
    never = {} if status in {"published", "withdrawn"} else {"published_at": None, "version": 0, "version_at": None}
    status = "draft" if status == "withdrawn" else status
    secret = make("secret", "EE", status, **never)
    FormerSlug.objects.remember(secret, old="secret-before")
    FormerSlug.objects.remember(secret.partners.get(), old="secret-former")
    both = {name: getattr(shown, name).all() for name in ("partners", "activity_types", "audiences")}
    both |= {name: getattr(shown, name).all() for name in ("target_groups", "stages")}
    touching = factories.PublishedPilotFactory(
        title="secret", status=status, authority=shown.authority, source=shown.source, **both, **never
    )
    factories.OrganisationInvolvedFactory(pilot=touching, name="secret", partner=shown.partners.get())
    if status != "published":
        shown.organisations_involved.update(partner=secret.partners.get())
    factories.LessonFactory(pilot=touching, text="shown and secret")


def hide_in_the_making(shown: object) -> None:
    """Add to the public pilot what only editors may know of it: a working copy, reasons, names, links."""
    copy = make("secret", "EE", "draft", revises=shown, publish_at=timezone.now(), completeness=47)
    copy.create_translation("fr", title="Titre secret", summary="Résumé secret")
    someone = factories.UserFactory(username="secret", first_name="Secret", email="secret@example.org")
    models.Pilot.objects.filter(pk__in=[copy.pk, shown.pk]).update(owner=someone, scheduled_by=someone)
    kept = {"entry_id": shown.pk, "actor": someone, "actor_name": "secret", "note": "secret reason", "status": "draft"}
    said = {"slug": "secret", "texts": {"en": {"title": "secret"}}}
    models.Revision.objects.create(row=copy.pk, edit_count=1, kind="sent-back", content=said, **kept)
    models.PreviewLink.objects.create(pilot=copy, token="secret", expires_at=timezone.now() + timedelta(days=7))
    models.Presence.objects.create(pilot=shown, user=someone, seen_at=timezone.now())
    models.AcceptedWarning.objects.create(entry=shown, code="secret", key="secret", reason="secret", by=someone)
    models.SourceText.objects.filter(source=shown.source).update(text="secret")


def public_addresses() -> list[str]:
    """Every public address, those with a slug for the shown and for the hidden entry."""
    plain = [name for name, kind in addresses.PAGES.items() if not kind]
    found = [reverse(name) for name in (*addresses.DEBUG_ONLY, *plain)] + addresses.machine_addresses()
    found += [reverse(name, args=["guessed"]) for name in addresses.BY_LINK]
    entries = addresses.PAGES | addresses.API | addresses.ENTRY_FILES | addresses.CITATION_FILES
    for name, kind in entries.items():
        ends = SLUGS[kind] if kind and kind != "country" else ()
        found += [reverse(name, args=[f"{word}-{end}"]) for word in ("shown", "secret") for end in ends]
    found += [reverse("country", args=[code]) for code in COUNTRIES]
    found += [reverse("matrix") + query for query in MATRICES]
    found += [reverse("compare") + query for query in COMPARISONS]
    found += [
        reverse(name) + query
        for name in ("compare-csv", "compare-pdf", "compare-docx")
        for query in ("?pilot=secret-pilot&pilot=shown-pilot", "?pilot=shown-pilot")
    ]
    found += [reverse("shortlist") + query for query in QUERIES if "keep=" in query]
    found += [reverse(name) + query for name in ("pilots", "lessons") for query in QUERIES]
    found += [reverse(name) + query for name in addresses.FILES for query in QUERIES[::4]]
    found += [
        reverse(name) + query
        for name in ("shortlist-csv", "shortlist-xlsx", "shortlist-pdf", "shortlist-docx")
        for query in (*QUERIES, "?keep=shown-pilot")
        if "keep" in query
    ]
    found += [reverse("suggest") + query for query in QUERIES if query.startswith("?q=")]
    found += [reverse("api-pilots") + query for query in (*QUERIES, *API_QUERIES)]
    found += [reverse(f"api-{name}") + query for name in ("lessons", "partners", "authorities") for query in QUERIES]
    found += [reverse("shortlist-cite") + query for query in QUERIES if "keep=" in query]
    # What they show is narrowed by the same code, so every fourth question is enough.
    return found + [
        reverse(name) + query for name in ("map", "matrix", "partners", "cite", "pilots-ris") for query in QUERIES[::4]
    ]


def words_of(body: bytes) -> bytes:
    """What a body says: an archive's members, and no number of the content, which each state here has of its own."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(map(archive.read, archive.namelist()))
    return re.sub(rb"\b4\d{15}\b", b"", body)


def answers(asked: Iterable[str]) -> dict[str, tuple[int, str, bytes]]:
    """What each of these addresses answers to a visitor."""
    client = visitor()
    found = {}
    for address in asked:
        response = client.get(address)
        found[address] = (response.status_code, response.get("Location", ""), words_of(b"".join(response)))
    return found


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker):
    """What each address answers without a hidden pilot, and with one in each state; all asked for once.

    The state "published" hides nothing: it is the proof that the answers can tell. What is true of a draft's words
    in every question is so of other entries that never were public: of those, each page is asked for.
    """
    states = ("draft",) if connection.features.has_select_for_update else STATES
    every = public_addresses()
    pages = [address for address in every if "?" not in address or "secret-pilot" in address]
    with django_db_blocker.unblock(), plain_packs(), transaction.atomic():
        shown = make("shown", "FR")
        with cached_content():
            found = {"": answers(every)}
        for state in states:
            with transaction.atomic():
                hide_in_the_making(shown) if state == "in the making" else hide(state, shown)
                with cached_content():
                    found[state] = answers(pages if state in HIDDEN[1:] else every)
                transaction.set_rollback(True)
        transaction.set_rollback(True)
    return found


def without_question(address: str, body: bytes) -> bytes:
    """A page without the visitor's own words, which a page may repeat."""
    asked = address.partition("?")[2] or address
    said = {part.partition("=")[2] for part in asked.split("&")} | {address}
    for words in sorted((word for word in said if word), key=len, reverse=True):
        body = body.replace(words.encode(), b"")
    return body


def test_every_address_of_the_site_is_visited():
    assert addresses.declared() == addresses.expected()
    assert {resolve(address.partition("?")[0]).url_name for address in public_addresses()} == addresses.declared()


@pytest.mark.parametrize("status", HIDDEN_ONES)
def test_hidden_pilots_change_nothing_at_any_public_address(status, visits):
    before, after = visits[""], visits[status]
    assert len(after) > 30
    assert [address for address in after if before[address] != after[address]] == []


def test_withdrawn_pilot_changes_nothing_but_what_says_so_at_its_own_address_and_on_shortlists(visits):
    before, after = visits[""], visits["withdrawn"]
    changed = {address for address in before if before[address] != after[address]}
    # Files refuse what pages leave out, whatever it once was.
    files = {reverse(name) for name in (*addresses.FILES, *addresses.NAMED_FILES, "pilots-ris")}
    pages = {address for address in before if "/api/" not in address and address.partition("?")[0] not in files}
    named = {address for address in pages if "=secret-pilot" in address}
    gone = {
        f"/pilots/secret-pilot{page}"
        for page in ("/", "/versions/", "/questions/", "/cite/", ".csv", ".xlsx", ".pdf", ".docx")
    }
    gone |= {f"/pilots/secret-pilot.{end}" for end in ("ris", "bib", "csl.json", "png")}
    gone.add("/api/v1/pilots/secret-pilot/")
    told = {address for address in before if "?updated_after=" in address}
    # The dataset, and feeds that find nothing, say when an entry last changed or left.
    dated = {reverse(name) for name in ("data", "data-zip", "data-turtle", "data-json-ld")}
    dated |= {address for address in before if ".atom?q=shown-secret" in address}
    assert changed == named | gone | told | dated
    assert {after[address][0] for address in gone} == {410}
    assert all(b"The pilot \xe2\x80\x9csecret-pilot\xe2\x80\x9d is no longer published" in after[a][2] for a in named)


def test_what_editors_do_with_a_public_pilot_changes_nothing_at_any_public_address(visits):
    before, after = visits[""], visits["in the making"]
    assert [address for address in before if before[address] != after[address]] == []
    for address, (_status, location, body) in after.items():
        said = without_question(address, body) + location.encode()
        assert [word for word in (b"secret", b"Secret", b"4711", b"4,711", b"Estonia") if word in said] == [], address


def test_page_of_versions_tells_no_former_words_reasons_or_names():
    shown = make("shown", "FR")
    said = read_content(shown)
    former = {**said, "texts": {"en": {**said["texts"]["en"], "results": "secret words"}}}
    for number, content in enumerate((former, said), start=1):
        models.Revision.objects.create(
            entry_id=shown.pk,
            row=shown.pk,
            edit_count=number,
            version=number,
            kind="published",
            content=content,
            note="secret reason",
            actor_name="secret",
        )
    models.Pilot.objects.filter(pk=shown.pk).update(version=2, edit_count=2)
    page = b"".join(visitor().get(reverse("pilot-versions", args=["shown-pilot"])))
    assert b"esults" in page
    assert b"secret" not in page


@pytest.mark.parametrize("status", [*HIDDEN_ONES, "withdrawn"])
def test_words_slugs_and_figures_of_hidden_pilots_appear_nowhere(status, visits):
    for address, (_status, location, body) in visits[status].items():
        said = without_question(address, body) + location.encode()
        if "?updated_after=" in address:  # harvesters are told the address of what left, and nothing else of it
            said = said.replace(b'"slug":"secret-pilot"', b"")
        assert [word for word in (b"secret", b"Secret", b"4711", b"4,711", b"Estonia") if word in said] == [], address


@ON_BOTH
@pytest.mark.parametrize("status", HIDDEN)
def test_what_only_a_hidden_pilot_has_is_not_there(client, status):
    hide(status, make("shown", "FR"))
    for address in OF_SECRET:
        assert client.get(address).status_code == 404, address
    for address in ("/pilots/secret-before/", "/partners/secret-former/"):
        assert client.get(address).status_code == 404, address


def test_published_pilot_is_at_all_these_addresses(visits):
    """The proof that the pages above can tell the two apart."""
    hidden, public = visits[""], visits["published"]
    differing = {address.partition("?")[0] for address in hidden if hidden[address] != public[address]}
    assert {"/", "/pilots/", "/lessons/", "/partners/", "/authorities/", "/about/", "/sitemap-pilots.xml"} <= differing
    assert differing >= OF_SECRET


@ON_BOTH
def test_publishing_shows_it_at_the_next_request_and_withdrawing_hides_it_again():
    secret = make("secret", "EE", "draft")
    seen = []
    for status in ("draft", "published", "draft"):
        type(secret).objects.filter(pk=secret.pk).update(status=status)
        seen.append([b"ecret" in b"".join(visitor().get(address)) for address in ("/", "/pilots/", "/lessons/")])
    assert seen == [[False] * 3, [True] * 3, [False] * 3]


def test_every_word_of_the_hidden_pilot_would_show_if_it_were_public():
    make("secret", "EE")
    page = b"".join(visitor().get("/pilots/secret-pilot/"))
    assert page.count(b"All about secret things.") == len(TEXTS) + 5  # thrice more for the description
    assert all(
        word in page for word in (b"4,711", b"Estonia", b"Stage secret", b"Source secret", b"Organisation secret")
    )
