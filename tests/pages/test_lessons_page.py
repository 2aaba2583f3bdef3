"""The library of lessons as visitors see it, with the nine pilots; and the way to a pilot's page and back."""

import re

import pytest

from pilots.models import Lesson, Pilot, Source, SourceText
from pilots.models.passage import describe_passage
from tests import facts
from tests.pages.reading import Element, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
# Pages are made by the same Python; tests/test_leaks.py asks for each on both.
DATABASES = ("sqlite",)

EVERY_LESSON = [f"{slug}-lesson-{n}" for slug, pilot in facts.PILOTS.items() for n in pilot.lessons]


@pytest.fixture
def visit(client):
    """A function from an address, or a query of the library, to the page."""
    return lambda address="": read(client.get(address if address.startswith("/") else f"/lessons/{address}"))


def cards(page: Element) -> dict[str, Element]:
    return {card["id"]: card for card in page.all("article", class_="lesson-card")}


def options(page: Element) -> dict[tuple[str, str], Element]:
    boxes = [(label, box) for label in page.all("label") for box in label.all("input", type="checkbox")]
    return {(box["name"], box["value"]): label for label, box in boxes}


def test_every_lesson_of_every_pilot_is_there(visit):
    page = visit()
    assert sorted(cards(page)) == sorted(EVERY_LESSON)
    texts = {lesson.text for lesson in Lesson.objects.prefetch_related("translations")}
    assert {card.one("h3").text for card in cards(page).values()} == texts


def test_lesson_tells_its_kind_pilot_place_country_and_activity(visit):
    card = cards(visit())["vilvoorde-lesson-3"]
    assert card.one("p", class_="lesson-where").text == "Vilvoorde, working method 3 Belgium"
    assert card.texts("dd") == [
        facts.PILOTS["vilvoorde"].title,
        "Training, Case management, Practice exchange",
    ]


def test_what_was_learnt_stands_before_how_they_worked_each_under_its_heading(visit):
    page = visit()
    assert [part.text for part in page.one("div", class_="results").all("h2")] == ["What was learnt", "How they worked"]
    learnt, methods = page.all("ul", class_="lesson-cards")
    assert learnt.texts("span", class_="lesson-label") == ["What helped", "What helped", "Insight"]
    assert len(methods.all("article")) == 12
    assert methods.all("span", class_="lesson-label") == []


@pytest.mark.parametrize("query", ["?sort=-place", "?sort=newest", "?q=training", "?per_page=12"])
def test_lessons_stay_grouped_in_every_order_and_on_every_page(visit, query):
    kinds = [facts.PILOTS[slug].lessons[int(number)] for slug, number in in_order(visit(query))]
    assert kinds == sorted(kinds, key=["helped", "hard", "insight", "method"].index)
    assert kinds


def in_order(page: Element) -> list[list[str]]:
    return [name.split("-lesson-") for name in cards(page)]


def test_second_page_goes_on_with_the_group_of_the_first(visit):
    page = visit("?per_page=12&page=2")
    assert [part.text for part in page.one("div", class_="results").all("h2")] == ["How they worked"]
    assert len(cards(page)) == len(EVERY_LESSON) - 12


def test_every_lesson_has_the_facts_of_its_pilot(visit):
    for name, card in cards(visit()).items():
        pilot = facts.PILOTS[name.rpartition("-lesson-")[0]]
        short = pilot.authority if pilot.kind == "national-agency" else pilot.place
        number = int(name.rpartition("-")[2])
        kind = "working method" if pilot.lessons[number] == "method" else "lesson"
        assert card.one("span", class_="lesson-name").text == f"{short}, {kind} {number}"
        assert card.one("dl").one("a").text == pilot.title
        assert len(card.all("dd")[1].text.split(", ")) == len(pilot.activity_types)


def test_links_lead_to_the_lesson_with_the_way_back_and_to_its_permanent_address(visit):
    card = cards(visit("?target=young-offenders&keep=malaga&per_page=12"))["avignon-lesson-1"]
    trail = "?target=young-offenders&keep=malaga&from=lessons&per_page=12"
    assert card.hrefs() == [
        f"/pilots/avignon/{trail}#lesson-1",
        f"/pilots/avignon/{trail}",
        "/pilots/avignon/#lesson-1",
    ]
    assert card.one("a", class_="permalink").text == "Permanent link: Avignon, working method 1"


@pytest.mark.parametrize("query", ["", "?kind=helped&kind=method&sort=newest", "?keep=avignon&per_page=12&page=2"])
def test_way_back_leads_from_each_lesson_to_itself(visit, query):
    for name, card in cards(visit(query)).items():
        there, _, anchor = card.one("h3").one("a")["href"].partition("#")
        lesson = visit(there).one("li", id=anchor)
        back, _, place = lesson.one("p", class_="lesson-back").one("a")["href"].partition("#")
        assert (back, place) == (f"/lessons/{query}", name)


def test_way_back_is_for_visitors_from_the_lessons_and_for_lessons_they_saw(visit):
    assert visit("/pilots/vilvoorde/?country=BE").all("p", class_="lesson-back") == []
    helped = visit("/pilots/vilvoorde/?kind=helped&from=lessons")
    assert [lesson["id"] for lesson in helped.all("li", class_="lesson") if lesson.all("p", class_="lesson-back")] == [
        "lesson-2"
    ]


def test_pilot_leads_on_through_the_pilots_whose_lessons_were_chosen(visit):
    page = visit("/pilots/rotterdam/?kind=helped&from=lessons")
    assert "Number 1 of the 2 pilots in your list." in page.one("nav", class_="way-on").text
    assert page.one("a", rel="next")["href"] == "/pilots/vilvoorde/?kind=helped&from=lessons"


def test_form_begins_with_the_kind_and_says_that_lessons_are_counted(visit):
    form = visit("?keep=avignon").one("form", id="filters")
    assert form["action"] == "/lessons/"
    assert form.texts("legend")[:2] == ["Lesson or method", "Country"]
    assert form.all("p", class_="hint")[0].text.startswith("The numbers count lessons and working methods together.")
    assert form.one("input", type="hidden")["value"] == "avignon"
    assert "Lessons and methods on a page" in form.texts("label")


def test_last_number_of_each_label_is_its_count_of_lessons(visit):
    labels = options(visit("?country=BE"))
    counts = {key: int(re.findall(r"\d+", label.raw)[-1]) for key, label in labels.items()}
    assert (counts["kind", "method"], counts["kind", "helped"], counts["country", "FR"]) == (2, 1, 5)
    assert labels["kind", "helped"].text == "What helped 1"


def test_form_keeps_what_is_chosen(visit):
    page = visit("?kind=hard&country=BE&q=training&sort=newest&per_page=12")
    ticked = [key for key, label in options(page).items() if "checked" in label.one("input").attributes]
    assert ticked == [("kind", "hard"), ("country", "BE")]
    assert page.one("input", id="q")["value"] == "training"
    chosen = [option for option in page.all("option") if "selected" in option.attributes]
    assert [option.get("value") or option.text for option in chosen] == ["newest", "12"]


def test_title_heading_and_status_carry_the_count(visit):
    page = visit("?target=young-offenders")
    assert page.one("title").text == "3 of 12 working methods: target group Young offenders – PREPARE pilots"
    assert page.one("h1").text == "3 of 12 working methods"
    assert page.one("p", role="status").text == "3 working methods match: target group Young offenders."


def test_no_result_offers_ways_out_with_their_counts(visit):
    ways = visit("?kind=insight&country=FR&keep=avignon").one("div", class_="no-results")
    assert [(item.text, item.one("a")["href"]) for item in ways.all("li")] == [
        ("without lesson or method: Insight 5 working methods", "/lessons/?country=FR&keep=avignon"),
        ("without country: France 1 lesson", "/lessons/?kind=insight&keep=avignon"),
    ]
    assert (ways.all("a")[-1].text, ways.all("a")[-1]["href"]) == (
        "Show all 3 lessons and 12 working methods",
        "/lessons/?keep=avignon",
    )


def test_shortlist_is_shown_and_carried_by_every_link_to_a_list_or_pilot(visit):
    page = visit("?country=FR&keep=avignon&per_page=12")
    assert "Your shortlist: 1 pilot" in page.one("section", class_="shortlist").text
    main = page.one("main")
    links = [*main.hrefs("/lessons/"), *main.hrefs("/pilots/"), *main.hrefs("/partners/")]
    dropping = "/lessons/?country=FR&per_page=12"
    assert {link for link in links if "keep=avignon" not in link and "/#lesson-" not in link} == {dropping}


def test_other_views_get_the_choice_without_the_kind(visit):
    links = visit("?kind=method&country=FR&keep=malaga").one("nav", class_="same-choice").hrefs()
    assert "/pilots/?country=FR&keep=malaga" in links
    assert not any("kind" in link for link in links)


def test_list_leads_to_the_lessons_of_what_is_chosen(visit):
    assert "/lessons/?country=FR" in visit("/pilots/?country=FR&sort=newest").one("nav", class_="same-choice").hrefs()


def test_pages_of_the_library_lead_to_one_another(visit):
    pager = visit("?per_page=12&sort=-place").one("nav", class_="pager")
    assert pager.one("a", rel="next")["href"] == "/lessons/?sort=-place&per_page=12&page=2"
    assert visit().all("nav", class_="pager") == []


def test_unknown_values_are_ignored_with_a_visible_note(visit):
    page = visit("?kind=easy&country=XX&sort=evil")
    assert len(cards(page)) == len(EVERY_LESSON)
    assert len(page.texts("p", class_="note")) == 3
    assert "“easy”" in page.texts("p", class_="note")[0]


@pytest.mark.parametrize(
    ("query", "status", "sentence"),
    [
        ("?" + "&".join(["kind=hard"] * 21), 400, "At most 20 values of “kind” at once."),
        ("?q=" + "a" * 201, 400, "A search has at most 200 characters."),
        ("?page=two", 400, "“two” is not the number of a page."),
        ("?page=2", 404, "This list has no page 2; its last page is 1."),
        ("?page=0", 400, "“0” is not the number of a page."),
    ],
)
def test_abuse_is_refused_with_a_sentence(client, query, status, sentence):
    response = client.get(f"/lessons/{query}")
    assert response.status_code == status
    assert read(response).one("p", class_="lead").text == sentence


@pytest.mark.parametrize("query", ["?kind=hard", "?q=a", "?page=1", "?keep=avignon"])
def test_every_address_with_parameters_is_kept_out_of_indexes(visit, query):
    page = visit(query)
    assert page.one("meta", name="robots")["content"] == "noindex, follow"
    assert page.one("link", rel="canonical")["href"] == "http://127.0.0.1:8000/lessons/"


def test_plain_library_is_for_indexes(visit):
    assert visit().all("meta", name="robots") == []


def test_glossary_terms_that_a_search_finds_stand_above_the_lessons(visit):
    assert visit("?q=pjj").one("aside", class_="found-terms").one("a")["href"] == "/glossary/#pjj"


def test_texts_in_another_language_carry_it(visit):
    lesson = Lesson.objects.get(pilot__slug="avignon", number=1)
    lesson.translations.update(language_code="fr")
    lesson.pilot.authority.translations.update(language_code="nl")
    card = cards(visit())["avignon-lesson-1"]
    assert card.one("h3").one("span", lang="fr").text == lesson.text
    assert card.one("span", class_="lesson-name").one("span", lang="nl").text == "Avignon"


def test_pilot_without_an_activity_type_says_that_it_is_not_stated(visit):
    Pilot.objects.get(slug="avignon").activity_types.clear()
    assert cards(visit())["avignon-lesson-1"].texts("dd")[1] == "Not stated in the source"


def test_header_leads_to_the_lessons(visit):
    assert visit("/").one("header").one("a", href="/lessons/").text == "Lessons"
    assert visit().one("header").one("a", href="/lessons/")["aria-current"] == "page"


def test_page_says_that_the_source_names_few_lessons(visit):
    assert visit().one("main").one("p", class_="lead").text.startswith("The source names few lessons as such.")
    Lesson.objects.filter(kind="method").delete()
    assert visit().one("main").all("p", class_="lead") == []


def test_each_card_says_where_the_source_says_so(visit):
    for name, card in cards(visit()).items():
        lesson = Lesson.objects.get(pilot__slug=name.rpartition("-lesson-")[0], number=name.rpartition("-")[2])
        assert card.one("p", class_="passage").text == f"Source: {describe_passage(lesson.passage)}"


def test_pointers_open_where_the_text_may_be_shown_and_the_page_says_why_where_not(visit):
    why = "its page says why"
    assert why in visit().one("main").text
    text = "\n".join(" ".join(f"Sentence {n}." for n in range(1, 6)) for _paragraph in range(20))
    row = SourceText.objects.create(source=Source.objects.get(), text=text)
    assert not visit().one("main").all("blockquote")
    SourceText.objects.filter(pk=row.pk).update(may_be_shown=True)
    page = visit()
    (opened,) = cards(page)["malaga-lesson-2"].all("details", class_="said-in")
    assert opened.one("blockquote").hrefs() == [f"{row.source.get_absolute_url()}#p9-4"]
    assert "Sentence 4." in opened.one("blockquote").text
    assert why not in page.one("main").text
