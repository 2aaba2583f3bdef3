"""Translations of the interface are compiled on any machine, GNU gettext or not."""

import gettext
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: fr\\nPlural-Forms: nplurals=2; plural=(n > 1);\\n"

#, python-format
msgid "%(count)s pilot"
msgid_plural "%(count)s pilots"
msgstr[0] "%(count)s projet"
msgstr[1] "%(count)s projets"
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which there is nothing but what the Makefile itself asks for."""
    for program in ("make", "find"):
        (tmp_path / program).symlink_to(str(shutil.which(program)))
    return str(tmp_path)


def compile_catalogue(catalogue: Path, path: str) -> subprocess.CompletedProcess[str]:
    """Compile a catalogue as `make run` does, and install nothing."""
    command = ["make", "--old-file=.venv/run.stamp", str(catalogue.with_suffix(".mo"))]
    env = os.environ | {"PATH": path}
    return subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False)


def test_catalogue_is_compiled_without_gettext(tmp_path: Path, path: str) -> None:
    source = tmp_path / "django.po"
    source.write_text(CATALOGUE)
    done = compile_catalogue(source, path)
    assert done.returncode == 0, done.stderr
    with source.with_suffix(".mo").open("rb") as compiled:
        said = gettext.GNUTranslations(compiled).ngettext("%(count)s pilot", "%(count)s pilots", 2)
    assert said == "%(count)s projets"


def test_catalogue_with_a_wrong_placeholder_is_refused(tmp_path: Path, path: str) -> None:
    source = tmp_path / "django.po"
    source.write_text(CATALOGUE.replace("%(count)s projets", "%(cout)s projets"))
    done = compile_catalogue(source, path)
    assert "unknown named placeholder 'cout'" in done.stderr
    assert done.returncode != 0
    assert not source.with_suffix(".mo").exists()
