"""The network with who only took part, with too many lines, and long directories."""

import pytest

from tests import factories
from tests.factories import PublishedPilotFactory
from tests.pages.networks import entries, listed, rows, says
from tests.pages.reading import read
from tests.stored_rows import rows_made_by, store

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)


@pytest.fixture
def visit(client):
    return lambda address: read(client.get(address))


def make_ten_partnerships() -> None:
    """Make partners with one, two, … ten pilots, all with one authority of its own."""
    for number in range(1, 11):
        partner = factories.PartnerFactory(slug=f"partner-{number:02}", name=f"Partner {number}")
        authority = factories.AuthorityFactory(slug=f"authority-{number:02}", name=f"Authority {number}")
        for _pilot in range(number):
            PublishedPilotFactory(partners=[partner], authority=authority)


def test_address_beyond_the_limits_is_refused(client):
    assert client.get("/partners/?q=" + "a" * 201).status_code == 400


def test_partner_without_a_page_is_not_drawn_for_having_taken_part(visit):
    pilot = PublishedPilotFactory()
    factories.OrganisationInvolvedFactory(pilot=pilot, partner=factories.PartnerFactory(slug="no-page"))
    page = visit("/partners/")
    assert len(says(page, "pilots")) == 1
    assert "/partners/no-page/" not in page.hrefs()


def test_partner_of_a_pilot_that_is_named_there_once_more_has_one_line(visit):
    pilot = PublishedPilotFactory()
    factories.OrganisationInvolvedFactory(pilot=pilot, partner=pilot.partners.get())
    assert len(says(visit("/partners/"), "pilots")) == 1


def test_partner_named_twice_in_a_pilot_has_one_line_with_both_names(visit):
    partner = PublishedPilotFactory().partners.get()
    pilot = PublishedPilotFactory(title="Workshop", authority__name="Town")
    for number, name in enumerate(["Staff", "Board"], 1):
        factories.OrganisationInvolvedFactory(pilot=pilot, number=number, name=name, partner=partner)
    assert "Staff and Board took part in the pilot of Town: Workshop" in says(visit("/partners/"), "pilots")


def test_of_too_many_lines_those_of_the_strongest_partnerships_are_drawn(visit):
    store(rows_made_by(make_ten_partnerships))
    page = visit("/partners/")
    assert says(page, "partners") == sorted(f"Partner {n}: {n} pilots" for n in (10, 9, 8, 7, 6))
    assert "these are the 5 strongest of 10 partnerships" in page.one("figure").text
    assert len(listed(page)) == 55


def test_partner_of_which_not_all_is_drawn_says_how_much(visit):
    store(rows_made_by(make_ten_partnerships))
    PublishedPilotFactory(partners=[factories.models.Partner.objects.get(slug="partner-10")])
    assert "Partner 10: 10 of 11 pilots" in says(visit("/partners/"), "partners")


@pytest.mark.parametrize(("size", "folds"), [(24, False), (25, True)])
def test_long_directory_folds_and_has_letters(visit, size, folds):
    for number in range(size):
        name = f"{'ABC'[number % 3]} {number}"
        PublishedPilotFactory(partners=[factories.PartnerFactory(name=name)])
    page = visit("/partners/")
    assert len(page.one("ul", class_="directory").all("details")) == (size if folds else 0)
    letters = [link["href"] for nav in page.all("nav", class_="letters") for link in nav.all("a")]
    assert letters == (["#letter-A", "#letter-B", "#letter-C"] if folds else [])
    assert [entry["id"] for entry in entries(page) if entry.get("id")] == [letter[1:] for letter in letters]


def test_long_directory_of_authorities_has_letters(visit):
    for number in range(25):
        name = f"{'XY'[number % 2]} {number}"
        PublishedPilotFactory(authority=factories.AuthorityFactory(name=name, place=name))
    assert visit("/authorities/").one("nav", class_="letters").hrefs() == ["#letter-X", "#letter-Y"]


def test_pilot_with_two_partners_names_the_other_on_the_page_of_each(visit):
    partners = [factories.PartnerFactory(slug=slug, name=slug.title()) for slug in ("one", "two")]
    PublishedPilotFactory(partners=partners)
    (article,) = visit("/partners/one/").all("article")
    assert rows(article)["Together with"] == ["Two"]
