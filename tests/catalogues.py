"""The catalogues of the interface: `make messages` brings new sentences into them, `make lint` checks that all is said.

Nothing of the system is needed: Babel reads Python, and Django makes of a template what Babel can read. Some packages
are not translated into all our languages; what they do not say stands in our catalogues, which go before theirs.
"""

import gettext
import io
import re
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "prepare_portal" / "locale"
LANGUAGES = ("es", "fr", "nl", "sv")
OURS = ("pilots", "prepare_portal", "templates")
# Packages whose words editors read, and the parts of them that the portal shows.
PACKAGES = ("parler", "import_export", "django/contrib/admin", "django/contrib/auth", "django/conf")
PACKAGES_SOURCES = {"django/conf": ("django/forms", "django/core", "django/db/models", "django/utils")}
# What packages translate and we say otherwise: in Spanish, Django takes every kind of row for masculine.
OTHERWISE = (
    "The {name} “{obj}” was added successfully.",
    "The {name} “{obj}” was added successfully. You may add another {name} below.",
    "The {name} “{obj}” was changed successfully.",
    "The {name} “{obj}” was changed successfully. You may edit it again below.",
    "The {name} “{obj}” was changed successfully. You may add another {name} below.",
    "The %(name)s “%(obj)s” was deleted successfully.",
    "View",
)
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
PLACES = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}")
TAGS = re.compile(r"</?[a-z][^>]*>")
WHITE = re.compile(r"^(\s*).*?(\s*)$", re.DOTALL)
WIDTH = 120


# What is to be said -------------------------------------------------------------------


def messages(folders: Iterable[Path]) -> Iterator[tuple[Path, tuple]]:
    """Yield each file below `folders` with each of its messages, as Babel tells them."""
    for path in sorted(path for folder in folders for path in folder.rglob("*")):
        if path.suffix == ".py" and "migrations" not in path.parts:
            source = path.read_text()
        elif path.suffix in {".html", ".txt", ".svg", ".xml"} and "templates" in path.parts:
            # Babel reads it as Python, to which the white space before a line would mean something.
            source = "\n".join(line.lstrip() for line in templatize(path.read_text(), origin=str(path)).splitlines())
        else:
            continue
        for message in extract("python", io.BytesIO(source.encode()), FUNCTIONS, comment_tags=("Translators",)):
            yield path, message


def wanted() -> Catalog:
    """What the interface says, in English: our own sentences, then those that packages leave to us."""
    catalog = Catalog(project="PREPARE pilot portal", charset="utf-8", fuzzy=False)
    for path, (_line, message, comments, context) in messages(ROOT / name for name in OURS):
        where = [(str(path.relative_to(ROOT)), 0)]
        catalog.add(message, locations=where, auto_comments=comments, context=context)
    for package in PACKAGES:
        _add_words_of(package, catalog)
    for message in OTHERWISE:
        catalog.add(message, auto_comments=["Said otherwise by us"])
    return catalog


def _add_words_of(package: str, catalog: Catalog) -> None:
    """Add what a package says and does not translate into each of our languages."""
    place = _folder_of(package)
    translated = [_translated_by(place / "locale" / language) for language in LANGUAGES]
    sources = [_folder_of(name) for name in PACKAGES_SOURCES.get(package, (package,))]
    for _path, (_line, message, _comments, context) in messages(sources):
        singular = message[0] if isinstance(message, tuple) else message
        if any(singular not in words for words in translated):
            catalog.add(message, auto_comments=[f"Shown by {package}"], context=context)


def _folder_of(package: str) -> Path:
    """Where an installed package lies, or a part of it."""
    name, *part = package.split("/")
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent.joinpath(*part)


def _translated_by(folder: Path) -> set[str]:
    """The English of what a compiled catalogue translates; nothing where there is none."""
    file = folder / "LC_MESSAGES" / "django.mo"
    if not file.exists():
        return set()
    with file.open("rb") as opened:
        words = gettext.GNUTranslations(opened)._catalog  # type: ignore[attr-defined]
    singulars = (key if isinstance(key, str) else key[0] for key, said in words.items() if said)
    return {singular.rpartition("\x04")[2] for singular in singulars}


# Whether it is said ----------------------------------------------------------------------


def file_of(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue of a language as it stands in the repository. A new one begins as a file with a header alone."""
    with file_of(language).open("rb") as opened:
        return read_po(opened, locale=language)


def problems(catalog: Catalog, template: Catalog) -> Iterator[str]:
    """Yield what is wrong with a catalogue, in words."""
    for message in template:
        said = catalog.get(message.id, message.context) if message.id else None
        if message.id and (said is None or not all(_forms(said.string))):
            yield f"missing: {_english(message)}"
        elif said is not None:
            yield from (f"{problem}: {_english(message)}" for problem in faults(said))
    for message in catalog:
        if message.id and template.get(message.id, message.context) is None:
            yield f"no longer used: {_english(message)}"
    yield from (f"no longer used: {_english(message)}" for message in catalog.obsolete.values())


def faults(message: Message) -> Iterator[str]:
    """Yield what is wrong with one translation. A form for one thing alone may leave the number out."""
    if message.fuzzy:
        yield "fuzzy"
    forms, english = _forms(message.string), _forms(message.id)[-1]
    needed = sorted(PLACES.findall(english))
    for number, form in enumerate(forms):
        places = sorted(PLACES.findall(form))
        is_singular = number == 0 and len(forms) > 1
        if places != needed and not (is_singular and set(places) <= set(needed)):
            yield f"other placeholders in “{form}”"
        if sorted(TAGS.findall(form)) != sorted(TAGS.findall(english)):
            yield f"other tags in “{form}”"
        if _ends(form) != _ends(english):
            yield f"other white space at the ends of “{form}”"


def _forms(said: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def _ends(text: str) -> tuple[str | None, ...]:
    found = WHITE.match(text)
    return found.groups() if found else ()


def _english(message: Message) -> str:
    return f"“{_forms(message.id)[0]}”"


# Commands ---------------------------------------------------------------------------------


def update(language: str, template: Catalog) -> None:
    """Bring new sentences into a catalogue, without guesses, and take out those that are gone."""
    catalog = read(language)
    for message in template:
        old = catalog.get(message.id, message.context)
        if old and old.pluralizable != message.pluralizable:  # Babel would make plurals of its letters
            catalog.delete(message.id, message.context)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = ""  # or Babel makes some up
    with file_of(language).open("wb") as opened:
        write_po(opened, catalog, width=WIDTH, include_lineno=False, ignore_obsolete=True)


def main(arguments: list[str]) -> int:
    """Check every catalogue, and say how many faults there are; with `--update` first write what is new into them."""
    template, found = wanted(), []
    for language in LANGUAGES:
        if "--update" in arguments:
            update(language, template)
        found += [f"{file_of(language).relative_to(ROOT)}: {problem}" for problem in problems(read(language), template)]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
