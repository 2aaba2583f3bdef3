"""Static files as they are collected: the styles in one file, hashed and compressed."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import storage as static_storage  # its object must not exist before files are collected
from django.core.files.storage import FileSystemStorage

from prepare_portal.static_files import BUNDLE, BundlingStorage

SOURCES = Path(__file__).parents[2] / "static" / "css"


def collect(folder: Path, **files: str) -> str:
    """The bundle made of these files, as it is collected into a folder of its own."""
    source = folder / "source"
    (source / "css").mkdir(parents=True)
    for name, text in files.items():
        (source / "css" / f"{name}.css").write_text(text)
    paths = {f"css/{name}.css": (FileSystemStorage(source), f"css/{name}.css") for name in files}
    storage = BundlingStorage(location=folder / "collected", base_url="/static/")
    for name, (there, path) in paths.items():  # as collectstatic does
        with there.open(path) as file:
            storage.save(name, file)
    list(storage.post_process(paths))
    return (folder / "collected" / BUNDLE).read_text()


def test_bundle_holds_what_it_imports_in_order(tmp_path):
    site = '@import url("one.css");\n@import url("two.css") print;\n.own {}\n'
    assert collect(tmp_path, site=site, one=".one {}\n", two=".two {}\n") == (
        ".one {}\n@media print {\n.two {}\n}\n.own {}\n"
    )


def test_import_of_a_file_that_is_not_there_stops_the_collection(tmp_path):
    with pytest.raises(KeyError, match=r"css/gone\.css"):
        collect(tmp_path, site='@import url("gone.css");\n')


def test_every_style_sheet_is_imported_once_but_that_of_the_developers_page():
    imported = re.findall(r'@import url\("([\w-]+\.css)"\)', (SOURCES / "site.css").read_text())
    not_imported = {"site.css", "styleguide.css"}
    assert sorted(imported) == sorted(path.name for path in SOURCES.glob("*.css") if path.name not in not_imported)


def test_collected_bundle_needs_no_further_request():
    with static_storage.staticfiles_storage.open(static_storage.staticfiles_storage.stored_name(BUNDLE)) as file:
        text = file.read().decode()
    assert "@import" not in text
    assert "--paper:" in text
    assert "@media print {" in text
