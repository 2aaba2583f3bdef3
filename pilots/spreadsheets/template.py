"""The file to fill in: headings and an example, what may be written, and how."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilots.models import Lesson, Passage, Pilot
from pilots.models.content import PARTS, Content
from pilots.models.parts import KeyFigure
from pilots.spreadsheets import xlsx
from pilots.spreadsheets.cells import escape_formula
from pilots.spreadsheets.columns import SLUG, SheetColumn, columns
from pilots.spreadsheets.known_slugs import read_known_slugs
from pilots.spreadsheets.reader import EXAMPLE, SHEET
from pilots.spreadsheets.rows import SheetRow, form_of, row_of
from pilots.spreadsheets.writer import sheet_lines

EXAMPLE_CONTENT: Content = {
    "slug": f"{EXAMPLE} this row is ignored",
    "authority": "avignon",
    "source": "a-source",
    "partners": ["face"],
    "activity_types": ["risk-assessment", "training"],
    "audiences": ["municipal-officers"],
    "target_groups": ["young-offenders"],
    "stages": ["release"],
    "start": "2019-05",
    "end": "2020",
    "evaluation": "planned",
    "reviewed_on": "",
    "texts": {
        "en": {"title": "Training for officers in My town", "summary": "The town trained 15 officers."},
        "fr": {"title": "Formation des agents de Ma ville"},
    },
    "lessons": {
        "1": {
            "kind": "helped",
            "passage": "3.1",
            "texts": {"en": {"text": "One lesson a line."}, "fr": {"text": "Une leçon par ligne."}},
        },
        "2": {
            "kind": "hard",
            "passage": "",
            "texts": {
                "en": {"text": "A bar | is written with a backslash before it,\na line break with a backslash and n."}
            },
        },
    },
    "key_figures": {
        "1": {
            "qualifier": "about",
            "value": "15",
            "upper": "25",
            "passage": "3.2",
            "texts": {"en": {"label": "officers"}},
        }
    },
    "organisations_involved": {"1": {"partner": "", "passage": "", "texts": {"en": {"name": "A youth club"}}}},
    "passages": {
        "summary": {"passage": "3.1-2", "rests_on_heading": False},
        "stages/release": {"passage": "2", "rests_on_heading": True},
    },
}


def template() -> bytes:
    """The XLSX file to fill in. Eight queries."""
    languages = [code for code, _name in settings.LANGUAGES]
    example: SheetRow = row_of(EXAMPLE_CONTENT, languages)
    return xlsx.write(
        {
            SHEET: sheet_lines(columns(languages), [example]),
            "allowed values": [[escape_formula(cell) for cell in line] for line in _allowed()],
            "how to": [[escape_formula(cell) for cell in line] for line in _how_to()],
        }
    )


def _allowed() -> list[list[str]]:
    lines = [[_("column"), _("write this"), _("it means")]]
    for name, values in read_known_slugs().names.items():
        lines += [[SheetColumn(name).name, slug, text] for slug, text in values.items()]
    choices = {
        SheetColumn("evaluation").name: Pilot.Evaluation.choices,
        _("lessons: kind"): Lesson.Kind.choices,
        _("key figures: exactness"): KeyFigure.Qualifier.choices,
        _("passages: about"): Passage.About.choices,
        _("language, as in “title (fr)”"): settings.LANGUAGES,
    }
    for name, pairs in choices.items():
        lines += [[name, str(value), str(text)] for value, text in pairs]
    return lines


def _how_to() -> list[list[str]]:
    """The rules, one a line: what it is about, and what to do."""
    forms = [[SheetColumn(name, "en").name, form_of(SheetColumn(name, "en"))] for name in PARTS]
    translated = [[SheetColumn(name, "fr").name, form_of(SheetColumn(name, "fr"))] for name in PARTS]
    return [
        [pgettext("subject", "about"), _("rule")],
        [_("rows"), _("One pilot a row. Rows whose slug begins with “example:” are ignored.")],
        [SLUG.name, _("The last part of the address, such as my-town. It says which pilot the row is about.")],
        [
            "edit",
            _("Leave it as it was exported. It lets the portal notice that somebody changed the pilot meanwhile."),
        ],
        ["status", _("Only shown. An import never publishes: public pilots get a working copy.")],
        [_("columns"), _("A column that you delete leaves its field as it is. An empty cell empties the field.")],
        [_("several values"), _("Join them with “; ”: training; risk-assessment")],
        [_("dates"), _("As exact as the source: 2019, 2019-05 or 2019-05-17. Format the cell as text first.")],
        [_("languages"), _("English has no mark. Other languages have theirs: “title (fr)”.")],
        [_("languages"), _("An empty cell leaves a translation as it is. To take one away, empty it on its form.")],
        [
            "lessons",
            _("helped, hard, insight: what was learnt. method: a working method, how they worked."),
        ],
        *forms,
        *translated,
        ["passages", form_of(SheetColumn("passages"))],
        [
            _("lines in a cell"),
            _(
                "One part a line, its values separated by “|”. In a value, write \\| for a bar, "
                "\\n for a line break and \\\\ for a backslash."
            ),
        ],
        [
            _("signs at the beginning"),
            _(
                "The portal puts ' before a text that begins with = + - or @, so that "
                "no spreadsheet takes it for a formula, and takes it away again."
            ),
        ],
    ]
