"""An entry can be seen as visitors will see it, in each language and width, before it is public."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pilots import workflow
from pilots.models import Pilot, PreviewLink
from tests.factories import LessonFactory, PilotFactory, PublishedPilotFactory, UserFactory
from tests.pages.reading import read
from tests.site.test_headers import PUBLIC
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
# Pages are made by the same Python.
DATABASES = ("sqlite",)

FRAMED = PUBLIC.replace("default-src 'none'", "default-src 'self'").replace(
    "frame-ancestors 'none'", "frame-ancestors 'self'"
)


def writer() -> User:
    """Return somebody who may write, not publish."""
    user: User = UserFactory(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_pilot", "add_pilot", "change_pilot"]))
    return user


def logged_in(user: User) -> Client:
    client = visitor()
    client.force_login(user)
    return client


def preview(pilot: Pilot) -> str:
    return reverse("admin:pilots_pilot_preview", args=[pilot.pk])


def frame(pilot: Pilot) -> str:
    return reverse("admin:framed-preview", args=[pilot.pk])


def in_two_languages(**fields: Any) -> Pilot:
    pilot: Pilot = PilotFactory(title="First title", **fields)
    pilot.create_translation("fr", title="Premier titre")
    LessonFactory(pilot=pilot, text="Meet early.")
    return pilot


@pytest.mark.parametrize(
    ("query", "language", "width"),
    [("", "en", None), ("?language=fr&width=phone", "fr", "360"), ("?language=xx&width=9", "en", None)],
)
def test_frame_shows_the_language_and_width_asked_for(
    admin_client: Client, query: str, language: str, width: str | None
) -> None:
    pilot = in_two_languages()
    page = read(admin_client.get(preview(pilot) + query))
    shown = page.one("iframe")
    assert (shown["src"], shown.get("width") or None) == (f"{frame(pilot)}?language={language}", width)
    assert "visitors cannot see this yet" in page.text
    chosen = [link.text for link in page.one("main").all("a") if link.get("aria-current") == "true"]
    assert len(chosen) == 2
    assert "Spanish (not translated)" in page.text


def test_page_in_the_frame_is_that_of_visitors_with_its_texts_in_that_language(admin_client: Client) -> None:
    pilot = in_two_languages()
    page = read(admin_client.get(frame(pilot) + "?language=fr"))
    assert page.one("html")["lang"] == "fr"
    assert page.one("h1").text == "Premier titre"
    assert "Meet early." in page.one("main").text
    assert "Aperçu : les visiteurs ne peuvent pas encore le voir." in page.one("main").text
    assert read(admin_client.get(frame(pilot))).one("h1").text == "First title"


def test_page_in_the_frame_says_what_visitors_see_once_it_is_published(admin_client: Client) -> None:
    pilot = in_two_languages(status="published", published_at=timezone.now())
    shown = read(admin_client.get(frame(pilot))).one("main")
    public = read(visitor().get(pilot.get_absolute_url())).one("main")
    for place in ("entry-text", "entry-facts"):
        mine, theirs = ({e.text for e in page.one("div" if place == "entry-text" else "aside", class_=place).all("p")}
                        for page in (shown, public))  # fmt: skip
        assert {text for text in theirs - mine if "kept at" not in text and "only pilot" not in text} == set()


def test_only_the_frame_may_be_framed_and_only_by_this_site(admin_client: Client) -> None:
    pilot = in_two_languages()
    answer = admin_client.get(frame(pilot))
    assert answer["Content-Security-Policy"] == FRAMED
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in answer["Cache-Control"]
    outside = admin_client.get(preview(pilot))
    assert "frame-ancestors 'none'" in outside["Content-Security-Policy"]
    assert outside["X-Frame-Options"] == "DENY"


def test_working_copy_is_shown_at_its_public_address(admin_client: Client, admin_user: User) -> None:
    pilot = PublishedPilotFactory(slug="avignon")
    copy = workflow.revise(pilot, by=admin_user)
    page = read(admin_client.get(frame(copy)))
    (report,) = page.one("footer").hrefs("mailto:")
    assert "/pilots/avignon/" in report
    assert "~" not in page.one("main").text


def test_what_an_account_may_not_read_has_no_preview() -> None:
    pilot, client = PilotFactory(), logged_in(writer())
    assert client.get(preview(pilot)).status_code == 404
    assert client.get(frame(pilot)).status_code == 404
    assert logged_in(UserFactory(is_staff=True)).get(frame(PublishedPilotFactory())).status_code == 404
    assert visitor().get(frame(pilot)).status_code == 302
    assert visitor().get(preview(pilot)).status_code == 302


@pytest.mark.parametrize("query", ["?language=" + "x" * 5000, "?width=%27", "?language=fr&language=%F0"])
def test_nonsense_in_the_address_shows_the_plain_preview(admin_client: Client, query: str) -> None:
    assert admin_client.get(preview(in_two_languages()) + query).status_code == 200


def test_writer_makes_a_link_for_some_days_and_revokes_it() -> None:
    owner = writer()
    pilot, client = in_two_languages(owner=owner), logged_in(owner)
    assert client.post(preview(pilot), {"days": "3"}).status_code == 302
    link = PreviewLink.objects.get()
    left = link.expires_at - timezone.now()
    assert (link.pilot, link.made_by, round(left.total_seconds() / 86400)) == (pilot, owner, 3)
    page = read(client.get(preview(pilot)))
    assert page.hrefs("http")[0].endswith(f"/preview/{link.token}/")
    assert f"Made by {owner}" in page.text
    revoke = reverse("admin:pilots_pilot_revoke_link", args=[pilot.pk, link.pk])
    assert client.get(revoke).status_code == 405
    client.post(revoke)
    link.refresh_from_db()
    assert link.revoked_at is not None
    assert "There is no link to this draft." in client.get(preview(pilot)).content.decode()


@pytest.mark.parametrize("days", ["0", "31", "-1", "x", "", "9" * 40])
def test_link_works_between_one_and_thirty_days(admin_client: Client, days: str) -> None:
    response = admin_client.post(preview(in_two_languages()), {"days": days})
    assert response.status_code == 200
    assert read(response).all("ul", class_="errorlist")
    assert not PreviewLink.objects.exists()


def test_who_neither_wrote_nor_reviews_it_makes_and_revokes_no_link(admin_user: User) -> None:
    client, draft, public = logged_in(writer()), PilotFactory(), PublishedPilotFactory()
    assert client.post(preview(draft), {"days": "3"}).status_code == 404
    assert client.post(preview(public), {"days": "3"}).status_code == 403
    assert logged_in(admin_user).post(preview(public), {"days": "3"}).status_code == 403
    link = PreviewLink.objects.create(pilot=public, expires_at=timezone.now())
    assert client.post(reverse("admin:pilots_pilot_revoke_link", args=[public.pk, link.pk])).status_code == 403
    wrong = reverse("admin:pilots_pilot_revoke_link", args=[draft.pk, link.pk])
    assert logged_in(admin_user).post(wrong).status_code == 404
    link.refresh_from_db()
    assert (PreviewLink.objects.count(), link.revoked_at) == (1, None)


def test_form_of_an_entry_leads_to_its_preview(admin_client: Client, admin_user: User) -> None:
    copy = workflow.revise(PublishedPilotFactory(), by=admin_user)
    page = read(admin_client.get(reverse("admin:pilots_pilot_change", args=[copy.pk])))
    links = [link.get("href") for link in page.all("a")]
    assert preview(copy) in links
    (way,) = [href for href in links if "/history/compare/" in href]
    assert "Both say the same." in admin_client.get(way).content.decode()


@pytest.mark.parametrize("size", [1, 15])
def test_queries_do_not_depend_on_the_number_of_links_or_lessons(
    admin_client: Client, admin_user: User, django_assert_num_queries: Any, size: int
) -> None:
    pilot = in_two_languages()
    for _number in range(size):
        LessonFactory(pilot=pilot)
        PreviewLink.objects.create(pilot=pilot, made_by=admin_user, expires_at=timezone.now() + timedelta(days=1))
    with django_assert_num_queries(7):
        admin_client.get(preview(pilot))
    with django_assert_num_queries(13):
        admin_client.get(frame(pilot))
