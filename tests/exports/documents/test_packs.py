"""What a briefing pack says: the pilots of its page in the same order, in full, each with where the source says so."""

import json
import re

import pytest
from django.utils.translation import override

from pilots.exports.documents.content import Asked, pack_of
from pilots.exports.documents.typst_writer import to_json
from pilots.index.pilots import index
from pilots.index.rows import public_pilots
from pilots.index.terms import terms_of_reuse
from pilots.models import FormerSlug, Pilot, SourceText, Statement
from pilots.models.passage import describe_passage
from pilots.pages.pilot.questions import QUESTIONS
from tests import factories
from tests.exports.documents.reading_packs import headings, pack_at, runs, words
from tests.pages.reading import read
from tests.visitors import visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nine_pilots")]
DATABASES = ("sqlite",)

THREE = "/shortlist.pdf?keep=vilvoorde&keep=avignon&keep=catalonia"
LAST = ["Questions to ask", "Words and abbreviations", "Source", "How to cite", "What may be reused"]


def title_of(slug):
    return Pilot.objects.get(slug=slug).any_text("title")


def test_shortlist_has_its_pilots_in_the_order_chosen_after_their_facts_side_by_side():
    pack = pack_at(THREE)
    titles = [title_of(slug) for slug in ("vilvoorde", "avignon", "catalonia")]
    assert headings(pack) == ["Side by side", *titles, *LAST]
    assert pack["title"] == "A shortlist of 3 pilots"
    assert words(pack["cover"]["lead"]) == "Vilvoorde\nAvignon\nCatalonia"


def test_cover_says_what_was_asked_for_on_which_day_and_where_it_is_kept():
    about = {words(one["label"]): words(one["blocks"]) for one in pack_at(THREE)["cover"]["about"]["items"]}
    assert "3 pilots, chosen one by one" in about["Question"]
    assert "/shortlist/?keep=vilvoorde&keep=avignon&keep=catalonia" in about["Address"]
    assert re.search(r"\b\d{1,2} \w+ \d{4}\b", about["Day"])


def test_cover_of_one_pilot_names_the_filter_in_our_words_and_quotes_searched_ones():
    pack = pack_at("/pilots/avignon.pdf?country=FR&country=NL&q=training&from=map")
    assert "country Netherlands or France" in (said := words(pack["cover"])) or "country France or Netherlands" in said
    assert "search “training”" in said
    assert "This one pilot" in words(pack_at("/pilots/avignon.pdf")["cover"])


def test_pilot_is_there_in_full_in_the_order_of_its_page():
    page = read(visitor().get("/pilots/rotterdam/"))
    sections = [one.text for one in page.one("div", class_="entry-text").all("h2")]
    pack = pack_at("/pilots/rotterdam.pdf")
    shown = [re.sub(":.*", "", one) for one in sections if one != "On this page"]
    assert [one for one in headings(pack, 2) if one != "Facts"] == shown
    text = " ".join(words(pack["blocks"]).split())
    pilot = Pilot.objects.get(slug="rotterdam")
    for field in ("summary", "what_was_done", "results", "objectives"):
        for line in pilot.any_text(field).split("\n"):
            assert " ".join(line.split()) in text, field
    for lesson in pilot.lessons.all():
        assert lesson.name in text
        assert lesson.any_text("text") in text


def test_every_pointer_of_every_pilot_is_there():
    for pilot in Pilot.objects.all():
        said = words(pack_at(f"/pilots/{pilot.slug}.pdf")["blocks"])
        parts = (*pilot.lessons.all(), *pilot.key_figures.all(), *pilot.organisations_involved.all())
        for pointer in [row.passage for row in (*pilot.passages.all(), *parts)]:
            assert describe_passage(pointer) in said, (pilot, pointer)


def test_words_of_a_source_are_in_no_pack():
    source = Pilot.objects.get(slug="avignon").source
    SourceText.objects.update_or_create(source=source, defaults={"text": "Zebras run.", "may_be_shown": True})
    assert "Zebras" not in words(pack_at("/pilots/avignon.pdf"))


def test_lessons_are_told_apart_from_how_they_worked():
    pilot = factories.PublishedPilotFactory(slug="with-both")
    factories.LessonFactory(pilot=pilot, number=1, kind="hard", text="It was hard.")
    factories.LessonFactory(pilot=pilot, number=2, kind="method", text="They met.")
    pack = pack_at("/pilots/with-both.pdf")
    parts = words(pack["blocks"]).split("How they worked")
    assert "It was hard." in parts[0]
    assert "They met." in parts[1]
    assert "Lesson 1" in parts[0]
    assert "Working method 2" in parts[1]


def test_what_the_source_does_not_state_is_said_and_asked():
    factories.PublishedPilotFactory(slug="bare", title="Bare", activity_types=[], partners=[])
    pack = pack_at("/pilots/bare.pdf")
    facts = next(one for one in pack["blocks"] if one["kind"] == "table")
    said = {words(row[0]): words(row[1]) for row in facts["rows"]}
    assert said["Partners"] == said["Activity types"] == said["Evaluation"] == "Not stated in the source"
    questions = next(one for one in pack["blocks"] if one["kind"] == "bullets" and one["is_numbered"])
    assert words(questions["items"]) == " ".join(map(str, QUESTIONS.values()))


def test_question_of_several_says_whom_it_is_to_be_asked():
    pack = pack_at(THREE)
    table = next(one for one in pack["blocks"] if one["kind"] == "table" and one["head"][0] == "Question")
    asked = {words(row[0]): words(row[1]) for row in table["rows"]}
    assert asked["Is it for the time in prison, at release, on probation, or after?"] == "Vilvoorde"
    assert asked["Which steps did you take, in which order?"] == "All but Vilvoorde"
    assert "What came of it?" not in asked
    assert asked["Was it evaluated? By whom, how, and with what outcome?"] == "All"


def test_few_pilots_stand_in_columns_and_many_in_rows():
    few = next(one for one in pack_at(THREE)["blocks"] if one["kind"] == "table")
    assert few["head"] == ["Fact", "Vilvoorde", "Avignon", "Catalonia"]
    slugs = list(Pilot.objects.values_list("slug", flat=True))
    many = next(
        one
        for one in pack_at("/shortlist.pdf?" + "&".join(f"keep={slug}" for slug in slugs))["blocks"]
        if one["kind"] == "table"
    )
    assert len(many["rows"]) == len(slugs) == 9


def test_comparison_leaves_out_what_is_the_same_where_only_differences_are_asked_for():
    whole, differing = (
        pack_at(f"/compare.pdf?pilot=avignon&pilot=sarcelles{more}") for more in ("", "&show=differences")
    )
    rows = [len(next(one for one in pack["blocks"] if one["kind"] == "table")["rows"]) for pack in (whole, differing)]
    assert rows[0] > rows[1]
    assert headings(whole) == headings(differing)
    assert "left out" in words(differing["cover"])


def test_words_that_occur_are_explained_and_others_are_not():
    pack = pack_at("/pilots/avignon.pdf")
    said = words(pack["blocks"]).split("Words and abbreviations")[1]
    assert "PJJ" in said
    assert "MAR" not in said.split("How to cite")[0]
    assert {"text": "Protection Judiciaire de la Jeunesse", "language": "fr", "look": "", "link": ""} in list(
        runs(pack)
    )


def test_one_pilot_is_cited_in_every_style_and_several_in_the_first():
    one, three = (words(pack_at(address)["blocks"]) for address in ("/pilots/avignon.pdf", THREE))
    assert all(style in one for style in ("APA", "Chicago", "Harvard", "ISO 690"))
    assert "In the style APA." in three
    assert three.count("(Version 1)") == 3
    links = [one["link"] for one in runs(pack_at(THREE)["blocks"]) if one["text"] == one["link"]]
    assert sum(link.endswith("/pilots/avignon/") for link in links) == 2  # in its chapter, in its citation


def test_terms_stand_in_it():
    Statement.objects.update_or_create(kind=Statement.Kind.REUSE)[0].create_translation("en", text="Reuse it.")
    said = words(pack_at("/pilots/avignon.pdf")["blocks"][-2:])
    assert "Reuse it." in said
    assert "/about/#reuse" in said


def test_headings_are_in_the_language_of_the_page_and_each_text_in_its_own():
    pilot = factories.PublishedPilotFactory(slug="two", title="Two", summary="English.", results="Only English.")
    pilot.create_translation("fr", title="Deux", summary="Français.")
    with override("fr"):
        public = index()
        rows = list(public_pilots(public, [pilot.pk]).values())
        asked = Asked(public, rows, "Deux", "?", "https://x.example/", "https://x.example")
        pack = json.loads(to_json(pack_of(asked, terms_of_reuse(public.number, asked.site))))
    languages = {one["text"]: one["language"] for one in runs(pack["blocks"])}
    assert pack["language"] == "fr"
    assert (languages["Deux"], languages["Français."], languages["Only English."]) == ("", "", "en")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/shortlist.pdf", "A briefing pack needs a pilot."),
        ("/shortlist.pdf?colour=red&keep=avignon", "There is no parameter “colour” here."),
        ("/shortlist.pdf?keep=nobody", "nobody"),
        ("/shortlist.pdf?" + "&".join(f"keep=p{n}" for n in range(21)), "At most 20 values of “keep” at once."),
        ("/compare.pdf?pilot=avignon", "A comparison needs two pilots."),
        ("/compare.pdf?pilot=avignon&pilot=malaga&pilot=catalonia&pilot=sarcelles&pilot=rotterdam", "At most 4 pilots"),
        ("/compare.pdf?pilot=avignon&pilot=malaga&show=nothing", "nothing"),
        ("/pilots/avignon.pdf?country=XX", "“XX” is no value of “country”."),
        ("/pilots/avignon.pdf?country=", "“country” has no value."),
    ],
)
def test_what_a_page_leaves_out_is_refused(address, sentence):
    response = visitor().get(address)
    assert response.status_code == 400
    assert sentence in response.content.decode()


def test_former_address_leads_to_the_pilot_and_a_withdrawn_one_says_so():
    pilot = factories.PublishedPilotFactory(slug="now")
    FormerSlug.objects.remember(pilot, old="then")
    assert visitor().get("/pilots/then.pdf").headers["Location"] == "/pilots/now.pdf"
    assert visitor().get("/pilots/nobody.pdf").status_code == 404
    Pilot.objects.filter(pk=pilot.pk).update(status="archived")
    assert visitor().get("/pilots/now.pdf").status_code == 410
    assert headings(pack_at("/shortlist.pdf?keep=avignon"))[0] == title_of("avignon")
