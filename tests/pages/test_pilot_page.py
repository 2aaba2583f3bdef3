"""The page of one pilot."""

import pytest
from django.utils import timezone

from pilots.models import FormerSlug
from pilots.templatetags.texts import shortened
from tests import factories
from tests.factories import PublishedPilotFactory
from tests.pages.reading import read

pytestmark = pytest.mark.django_db
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

NOT_STATED = "Not stated in the source"
SECTIONS = {
    "background": "Background",
    "objectives": "Objectives",
    "what_was_done": "What was done",
    "results": "Results",
    "prospects": "Prospects",
}


@pytest.fixture
def visit(client):
    return lambda pilot: read(client.get(pilot.get_absolute_url()))


@pytest.fixture
def full_pilot():
    """A pilot with something of everything."""
    return PublishedPilotFactory(
        slug="full",
        title="The title",
        summary="The summary.",
        authority=factories.AuthorityFactory(slug="town", name="Town hall", country="NL", kind="regional-government"),
        partners=[factories.PartnerFactory(slug="ngo", name="The NGO")],
        activity_types=[factories.ActivityTypeFactory(slug="walks", name="Walks")],
        audiences=[factories.AudienceFactory(slug="walkers", name="Walkers")],
        target_groups=[factories.TargetGroupFactory(slug="sitters", name="Sitters")],
        stages=[factories.StageFactory(slug="outside", name="Outside")],
        start="2019-05",
        end="2020",
        evaluation="planned",
        **{section: f"About {section}." for section in SECTIONS},
    )


def facts(page):
    """The facts by label, each with its values and their addresses."""
    rows = page.one("aside", class_="entry-facts").one("dl").all("div")
    return {row.one("dt").text: [(dd.text, (dd.hrefs() or [""])[0]) for dd in row.all("dd")] for row in rows}


def test_every_fact_is_there_and_leads_to_its_page_or_filter(full_pilot, visit):
    assert facts(visit(full_pilot)) == {
        "Authority": [("Town hall", "/authorities/town/")],
        "Kind of authority": [("Regional government", "/pilots/?authority_kind=regional-government")],
        "Country": [("Netherlands", "/countries/NL/")],
        "Partners": [("The NGO", "/partners/ngo/")],
        "Activity types": [("Walks", "/activities/walks/")],
        "Audiences": [("Walkers", "/audiences/walkers/")],
        "Target groups": [("Sitters", "/target-groups/sitters/")],
        "Stages": [("Outside", "/stages/outside/")],
        "Date": [("May 2019 to 2020", "")],
        "Evaluation": [("Planned", "")],
    }


def test_every_section_has_its_heading_and_text(full_pilot, visit):
    page = visit(full_pilot)
    for section, heading in SECTIONS.items():
        part = page.one("section", **{"aria-labelledby": section})
        assert part.one("h2", id=section).text == heading
        assert [p.text for p in part.all("p") if p.get("class") != "hint"] == [f"About {section}."]
    assert page.one("h1").text == "The title"
    assert page.one("div", class_="lead").text == "The summary."


def headings(page):
    """The headings of the page in its order, by their anchors."""
    return [heading["id"] for heading in page.one("main").all("h2")]


def add_lessons(pilot):
    factories.KeyFigureFactory(pilot=pilot)
    for kind in ("hard", "method"):
        factories.LessonFactory(pilot=pilot, kind=kind)


def test_what_was_done_and_what_came_of_it_come_first_then_why_then_facts_and_more(full_pilot, visit):
    add_lessons(full_pilot)
    assert headings(visit(full_pilot)) == [
        *("glance", "contents"),
        *("what_was_done", "figures", "results", "lessons", "methods", "prospects"),
        *("profile", "background", "objectives", "facts", "source"),
    ]


@pytest.mark.parametrize("empty", list(SECTIONS))
def test_empty_section_has_no_heading_and_is_named_with_all_that_is_not_stated(full_pilot, visit, empty):
    add_lessons(full_pilot)
    factories.OrganisationInvolvedFactory(pilot=full_pilot)
    setattr(full_pilot, empty, "")
    full_pilot.save()
    page = visit(full_pilot)
    assert {*SECTIONS} - {*headings(page)} == {empty}
    assert page.one("p", id="not-stated").text == f"The source does not state: {SECTIONS[empty].lower()}."


def test_page_of_which_nothing_is_missing_says_nothing_of_it(full_pilot, visit):
    add_lessons(full_pilot)
    factories.OrganisationInvolvedFactory(pilot=full_pilot)
    assert visit(full_pilot).all("p", id="not-stated") == []


def test_bare_pilot_says_in_one_sentence_for_what_the_source_is_silent(visit):
    page = visit(PublishedPilotFactory(activity_types=[], partners=[]))
    assert page.one("p", id="not-stated").text == (
        "The source does not state: what was done, results, what was learnt, how they worked, prospects, background, "
        "objectives, partners, activity types, audiences, target groups, stages, date, evaluation, others involved."
    )
    assert set(facts(page)) == {"Authority", "Kind of authority", "Country"}
    assert headings(page) == ["glance", "contents", "profile", "facts", "source"]


def profile(page):
    """The heading of the profile, its stated items with what is said of each, and what it says of the rest."""
    section = page.one("section", class_="profile")
    items = {row.one("dt").text: row.one("dd").texts("p") for row in section.all("div")}
    return section.one("h2").text, items, section.texts("p", class_="not-stated")


def test_profile_shows_what_is_stated_and_names_the_rest(full_pilot, visit):
    full_pilot.steps = "First this.\n\nThen that."
    full_pilot.save()
    passages = {"what_was_done": "3.1-2", "steps": "3.1", "duration": "3.2", "cost": "4.1"}
    for about, passage in passages.items():
        factories.PassageFactory(pilot=full_pilot, about=about, value="", passage=passage)
    page = visit(full_pilot)
    heading, items, rest = profile(page)
    assert heading == "To do this yourself: the source states 3 of 14"
    assert items == {
        "Steps": ["First this.", "Then that.", "Source: paragraph 3, sentence 1"],
        "How often and how long": ["See What was done", "Source: paragraph 3, sentence 2"],
        "Cost": ["Source: paragraph 4, sentence 1"],
    }
    assert page.one("section", class_="profile").hrefs() == ["#what_was_done", "/pilots/full/questions/"]
    assert len(rest) == 1
    assert rest[0].startswith("Not stated: why it should work; materials; ")
    assert "cost" not in rest[0]
    assert at_a_glance(page)["In the source"][0] == "Stated: results, evaluation, cost"


def test_profile_never_leads_to_a_section_that_is_not_there(full_pilot, visit):
    full_pilot.what_was_done = ""
    full_pilot.save()
    for about in ("what_was_done", "duration"):
        factories.PassageFactory(pilot=full_pilot, about=about, value="", passage="3.1")
    assert visit(full_pilot).one("section", class_="profile").hrefs() == ["/pilots/full/questions/"]


def test_item_written_in_another_language_only_is_shown_in_it(full_pilot, visit):
    for language, texts in {"fr": {"cost": "Rien."}, "sv": {"steps": "Först detta."}}.items():
        full_pilot.translations.create(language_code=language, title=language, **texts)
    for about in ("cost", "steps"):
        factories.PassageFactory(pilot=full_pilot, about=about, value="", passage="3.1")
    page = visit(full_pilot)
    _heading, items, _rest = profile(page)
    assert {label: said[0] for label, said in items.items()} == {"Steps": "Först detta.", "Cost": "Rien."}
    assert [text["lang"] for text in page.one("section", class_="profile").all("p", lang="fr")] == ["fr"]


def test_profile_of_which_nothing_is_stated_is_two_lines(visit):
    heading, items, rest = profile(visit(PublishedPilotFactory()))
    assert heading == "To do this yourself: the source states 0 of 14"
    assert items == {}
    assert len(rest) == 1
    assert rest[0].endswith("and what may change.")


def at_a_glance(page):
    return {row.one("dt").text: row.texts("dd") for row in page.one("section", class_="glance").all("div")}


def test_five_answers_stand_under_the_title(full_pilot, visit):
    add_lessons(full_pilot)
    factories.PassageFactory(pilot=full_pilot, about="title", value="", passage="1")
    assert at_a_glance(visit(full_pilot)) == {
        "Activity": ["Walks"],
        "For whom": ["Sitters", "Professionals: Walkers"],
        "Where": [f"{full_pilot.authority.place}, Netherlands", "with The NGO"],
        "When": ["May 2019 to 2020"],
        "In the source": ["Stated: results, lessons, evaluation", "Not stated: cost"],
    }


def test_working_method_is_no_lesson_at_a_glance(visit):
    pilot = PublishedPilotFactory(activity_types=[], partners=[], results="")
    factories.LessonFactory(pilot=pilot, kind="method")
    shown = at_a_glance(visit(pilot))
    assert shown["In the source"] == ["Not stated: results, lessons, evaluation, cost"]
    assert [shown[label] for label in ("Activity", "For whom", "When")] == [[NOT_STATED]] * 3
    assert len(shown["Where"]) == 1


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2019-05", "", "May 2019"),
        ("2019-05-17", "2019-06-01", "17 May 2019 to 1 June 2019"),
        ("", "2020", "until 2020"),
        ("2019", "2019", "2019"),
    ],
)
def test_dates_are_as_exact_as_the_source(visit, start, end, shown):
    page = visit(PublishedPilotFactory(start=start, end=end))
    assert facts(page)["Date"] == [(shown, "")]
    assert at_a_glance(page)["When"] == [shown]


def test_each_lesson_has_a_permanent_anchor_that_its_heading_links_to(visit):
    pilot = PublishedPilotFactory()
    for number, kind in [(2, "helped"), (7, "hard")]:
        factories.LessonFactory(pilot=pilot, number=number, kind=kind, text=f"Text {number}.", passage="3.2-4")
    lessons = visit(pilot).one("ol", class_="lessons").all("li")
    assert [(li["id"], li.one("a")["href"], li.one("h3").text) for li in lessons] == [
        ("lesson-2", "#lesson-2", "Lesson 2 what helped"),
        ("lesson-7", "#lesson-7", "Lesson 7 what was hard"),
    ]
    assert lessons[0].texts("p") == ["Text 2.", "Source: paragraph 3, sentences 2–4"]


def test_figures_tell_exactness_and_what_they_count(visit):
    pilot = PublishedPilotFactory()
    factories.KeyFigureFactory(pilot=pilot, number=1, value=20, qualifier="about", label="staff")
    factories.KeyFigureFactory(pilot=pilot, number=2, value=16, upper=25, label="age in years")
    figures = visit(pilot).one("dl", class_="figures").all("div")
    assert [(figure.one("dt").text, figure.one("dd").text) for figure in figures] == [
        ("staff", "about 20"),
        ("age in years", "16–25"),
    ]


def test_other_organisations_link_to_the_partner_they_are(visit):
    pilot = PublishedPilotFactory()
    partner = factories.PartnerFactory(slug="efus", name="Efus")
    PublishedPilotFactory(partners=[partner])
    factories.OrganisationInvolvedFactory(pilot=pilot, number=1, name="Efus staff", partner=partner)
    factories.OrganisationInvolvedFactory(pilot=pilot, number=2, name="Police")
    assert facts(visit(pilot))["Others involved"] == [("Efus staff", "/partners/efus/"), ("Police", "")]


def test_organisation_that_has_no_public_page_is_no_link(visit):
    pilot = PublishedPilotFactory()
    hidden = factories.PartnerFactory(slug="hidden")
    factories.OrganisationInvolvedFactory(pilot=pilot, name="Hidden staff", partner=hidden)
    assert facts(visit(pilot))["Others involved"] == [("Hidden staff", "")]


def test_words_are_linked_at_first_use_and_explained_below(visit):
    factories.GlossaryTermFactory(slug="mar", term="MAR", meaning="A contact point.")
    factories.GlossaryTermFactory(slug="pjj", term="PJJ", original="Protection judiciaire", original_language="fr")
    factories.GlossaryTermFactory(slug="unused", term="UNUSED")
    page = visit(PublishedPilotFactory(summary="MAR met MAR and MARS.", results="Then PJJ."))
    assert [(link.text, link["href"], link["title"]) for link in page.all("a", class_="term")] == [
        ("MAR", "#word-mar", "A contact point."),
        ("PJJ", "#word-pjj", "What it means."),
    ]
    words = page.one("dl", class_="words")
    assert words.texts("dt") == ["MAR", "PJJ"]
    assert [dt["id"] for dt in words.all("dt")] == ["word-mar", "word-pjj"]
    assert words.one("span", lang="fr").text == "Protection judiciaire"


def test_page_without_terms_has_no_section_for_them(visit):
    assert visit(PublishedPilotFactory()).all("section", **{"aria-labelledby": "words"}) == []


@pytest.mark.parametrize(
    ("known", "shown"), [({}, "The source"), ({"publisher": "A press", "year": 2020}, "The source, A press, 2020")]
)
def test_source_is_named_with_what_it_states_of_itself_and_leads_to_its_page(visit, known, shown):
    source = factories.SourceFactory(title="The source", **known)
    section = visit(PublishedPilotFactory(source=source)).one("section", **{"aria-labelledby": "source"})
    assert section.texts("p")[0] == shown
    assert section.hrefs() == [source.get_absolute_url()]


def test_pointers_lead_from_each_text_and_fact_to_the_source(full_pilot, visit):
    factories.PassageFactory(pilot=full_pilot, about="background", value="", passage="3.1")
    factories.PassageFactory(
        pilot=full_pilot, about="activity_types", value="walks", passage="2", rests_on_heading=True
    )
    page = visit(full_pilot)
    assert page.one("section", **{"aria-labelledby": "background"}).texts("p", class_="passage") == [
        "Source: paragraph 3, sentence 1"
    ]
    assert facts(page)["Activity types"] == [("Walks (from the heading)", "/activities/walks/")]
    rows = page.one("table", class_="pointers").one("tbody").all("tr")
    assert [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in rows] == [
        ["Background", "–", "paragraph 3, sentence 1"],
        ["Activity types", "Walks", "paragraph 2"],
    ]


def test_paragraphs_are_kept(visit):
    page = visit(PublishedPilotFactory(results="One.\n\nTwo\nand a half.\n\n\n\nThree."))
    assert page.one("section", **{"aria-labelledby": "results"}).texts("p") == ["One.", "Two and a half.", "Three."]


def test_title_and_description_are_the_pilots_own(full_pilot, visit):
    page = visit(full_pilot)
    assert page.one("title").text == "The title, Town hall – PREPARE pilots"
    assert page.one("meta", name="description")["content"] == "The summary."
    assert page.one("link", rel="canonical")["href"] == "http://127.0.0.1:8000/pilots/full/"
    assert page.all("meta", name="robots") == []


@pytest.mark.parametrize("status", ["draft", "in-review", "archived"])
def test_pilot_that_is_not_published_is_not_there(client, full_pilot, status):
    full_pilot.status, full_pilot.published_at = status, None
    full_pilot.save()
    assert client.get("/pilots/full/").status_code == 404


def test_former_address_redirects_for_good(client, full_pilot):
    FormerSlug.objects.remember(full_pilot, old="before")
    response = client.get("/pilots/before/")
    assert (response.status_code, response["Location"]) == (301, "/pilots/full/")


def test_former_address_of_a_hidden_pilot_tells_nothing(client, full_pilot):
    FormerSlug.objects.remember(full_pilot, old="before")
    full_pilot.status, full_pilot.published_at = "draft", None
    full_pilot.save()
    assert client.get("/pilots/before/").content == client.get("/pilots/full/").content.replace(b"full", b"before")


def test_date_of_the_last_change_is_shown(full_pilot, visit):
    assert f"Entry last changed on {timezone.now():%-d %B %Y}" in visit(full_pilot).one("aside").text


def test_a_text_in_another_language_carries_it(client):
    pilot = PublishedPilotFactory(slug="french", title="The title", summary="The summary.")
    pilot.translations.update(language_code="fr")
    pilot.authority.translations.update(language_code="nl")
    page = read(client.get("/pilots/french/"))
    assert page.one("h1").one("span", lang="fr").text == "The title"
    assert page.one("div", class_="lead").one("p", lang="fr").text == "The summary."
    assert page.one("p", class_="card-place").one("span", lang="nl").text == str(pilot.authority.name)
    card = read(client.get("/pilots/")).one("article")
    assert [span["lang"] for span in card.all("span") if span.get("lang")] == [
        "nl",
        "fr",
        "fr",
        "fr",
    ]  # the last stands in the name of a link


def test_english_text_wins_over_others(visit):
    pilot = PublishedPilotFactory(title="The title")
    pilot.create_translation("sv", title="Titeln", summary="")
    page = visit(pilot)
    assert page.one("h1").text == "The title"
    assert page.one("h1").all("span") == []


@pytest.fixture
def three_pilots():
    """Three pilots in order of place, a to c, of one partner; the second is Dutch, the others French."""
    partner = factories.PartnerFactory(slug="shared", name="The shared one")
    return [
        PublishedPilotFactory(
            slug=slug, title=f"Title {slug}", partners=[partner], authority__slug=slug, authority__country=country
        )
        for slug, country in (("a", "FR"), ("b", "NL"), ("c", "FR"))
    ]


def way(page):
    """Where previous and next lead, by their `rel`."""
    return {link["rel"]: link["href"] for link in page.all("a") if link.get("rel") in {"prev", "next"}}


def test_previous_and_next_follow_all_pilots_unless_a_list_is_given(three_pilots, client):
    page = read(client.get("/pilots/b/"))
    assert way(page) == {"prev": "/pilots/a/", "next": "/pilots/c/"}
    assert "Number 2 of all 3 pilots." in page.one("nav", class_="way-on").text


def test_previous_and_next_follow_the_visitors_own_list(three_pilots, client):
    page = read(client.get("/pilots/a/?country=FR"))
    assert way(page) == {"next": "/pilots/c/?country=FR"}
    assert "Number 1 of the 2 pilots in your list." in page.one("nav", class_="way-on").text
    assert page.one("ol", class_="crumbs").one("a")["href"] == "/pilots/?country=FR"


@pytest.mark.parametrize(
    ("query", "said"), [("", "This is the only pilot."), ("?country=FR", "This is the only pilot in your list.")]
)
def test_the_only_pilot_of_a_list_is_not_numbered(client, query, said):
    PublishedPilotFactory(slug="a", authority__country="FR")
    assert said in read(client.get(f"/pilots/a/{query}")).one("nav", class_="way-on").text


def test_way_back_leads_to_the_page_of_the_list_that_holds_the_pilot(client):
    for number in range(13):
        PublishedPilotFactory(slug=f"pilot-{number:02}", authority__slug=f"place-{number:02}")
    page = read(client.get("/pilots/pilot-12/?country=FR"))
    assert page.one("ol", class_="crumbs").one("a")["href"] == "/pilots/?country=FR&page=2"


def test_pilot_outside_the_visitors_list_says_so_and_leads_through_all(three_pilots, client):
    page = read(client.get("/pilots/b/?country=FR"))
    assert page.texts("p", class_="note") == [
        "Your list does not hold this pilot. Previous and next lead through all pilots."
    ]
    assert way(page) == {"prev": "/pilots/a/?country=FR", "next": "/pilots/c/?country=FR"}


def test_visitor_from_the_lessons_is_led_back_to_them(three_pilots, client):
    page = read(client.get("/pilots/b/?partner=shared&from=lessons&page=2"))
    back = page.one("ol", class_="crumbs").one("a")
    assert (back.text, back["href"]) == ("Back to lessons", "/lessons/?partner=shared&page=2")


def test_filtered_address_of_a_pilot_is_not_for_search_engines(three_pilots, client):
    assert read(client.get("/pilots/b/")).all("meta", name="robots") == []
    page = read(client.get("/pilots/b/?country=NL"))
    assert page.one("meta", name="robots")["content"] == "noindex, follow"
    assert page.one("link", rel="canonical")["href"].endswith("/pilots/b/")


def test_abuse_of_a_pilots_address_is_refused(three_pilots, client):
    assert client.get("/pilots/b/?page=x").status_code == 400


def test_related_pilots_come_with_the_reason(three_pilots, client):
    related = read(client.get("/pilots/a/?keep=b")).one("section", class_="related")
    assert [(item.one("h3").text, item.hrefs()) for item in related.all("li") if item.all("h3")] == [
        ("Title c", ["/pilots/c/?keep=b", "/compare/?pilot=a&pilot=c&keep=b"]),
        ("Title b", ["/pilots/b/?keep=b", "/compare/?pilot=a&pilot=b&keep=b"]),
    ]
    assert related.all("ul", class_="reasons")[0].texts("li") == [
        "Same partner: The shared one",
        "Same country: France",
    ]


def test_pilot_without_relatives_has_no_such_section(client):
    PublishedPilotFactory(slug="alone")
    page = read(client.get("/pilots/alone/"))
    assert page.all("section", class_="related") == []
    assert "#related" not in page.one("nav", class_="contents").hrefs()


def test_contents_lead_to_every_part_of_the_page_in_its_order(full_pilot, visit):
    add_lessons(full_pilot)
    page = visit(full_pilot)
    targets = [href.removeprefix("#") for href in page.one("nav", class_="contents").hrefs()]
    assert targets == headings(page)[2:]


def test_pilot_can_be_put_on_the_shortlist_and_taken_off(three_pilots, client):
    keep = read(client.get("/pilots/a/?country=FR")).one("a", id="keep-a")
    assert keep["href"] == "/pilots/a/?country=FR&keep=a#keep-a"
    page = read(client.get("/pilots/a/?country=FR&keep=a"))
    assert page.one("a", id="keep-a")["href"] == "/pilots/a/?country=FR#keep-a"
    assert page.all("section", class_="shortlist")


def test_day_of_the_last_review_is_shown_or_said_to_be_missing(three_pilots, client):
    pilot = three_pilots[0]
    assert "No date of a comparison with its source is recorded." in read(client.get("/pilots/a/")).one("aside").text
    type(pilot).objects.filter(pk=pilot.pk).update(reviewed_on="2026-05-03")
    assert "Last compared with its source on 3 May 2026." in read(client.get("/pilots/a/")).one("aside").text


def test_prospects_are_set_apart_from_results(full_pilot, visit):
    page = visit(full_pilot)
    assert page.one("section", class_="section-prospects").one("p", class_="hint").text == (
        "Plans and hopes, as the source states them. They are not results."
    )
    assert page.one("section", class_="section-results").all("p", class_="hint") == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("As it is.", "As it is."),
        ("  On one\n\nline. ", "On one line."),
        ("Fifteen letters", "Fifteen letters"),
        ("Sixteen, at last", "Sixteen, at…"),
        ("One two – three", "One two – three"),
        ("One two three – four", "One two three…"),
        ("Ett två (tre fyra)", "Ett två (tre…"),
        ("Ett två tre (fyra)", "Ett två tre…"),
        ("Kriminalvårdsanstalterna", "Kriminalvårdsa…"),
    ],
)
def test_what_is_shortened_ends_with_a_whole_word(words: str, shown: str) -> None:
    assert shortened(words, 15) == shown
