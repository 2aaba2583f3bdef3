"""The bill of materials has every package that runs the portal, with its hashes, licence and needs, and no other."""

from typing import Any

from tests.supply import sbom

DATABASES = ("sqlite",)  # plain values
ROOT = """
[project]
dependencies = ["needing[more]>=1", "gone>=2"]
"""


def locked(name: str) -> dict[str, Any]:
    distribution = {"type": "distribution", "url": "https://example.org", "comment": "", "hashes": [f"hash of {name}"]}
    return {
        "name": name,
        "version": "1",
        "bom-ref": "line 1",
        "description": "line",
        "externalReferences": [distribution],
    }


def put_together() -> dict[str, Any]:
    lock = {"components": [locked("needing"), locked("Needed"), locked("elsewhere")], "dependencies": []}
    here = [
        {"name": "Needing", "bom-ref": "Needing==1", "description": "What needs another."},
        {"name": "needed", "bom-ref": "needed==1"},
        {"name": "pytest", "bom-ref": "pytest==9"},
    ]
    needs = [
        {"ref": "root-component"},
        {"ref": "Needing==1", "dependsOn": ["needed==1", "pytest==9"]},
        {"ref": "pytest==9", "dependsOn": ["needed==1"]},
    ]
    licences = {"needing": "MIT", "needed": "MIT OR Apache-2.0", "elsewhere": "ISC"}
    return sbom.put_together(lock, {"components": here, "dependencies": needs}, licences)


def test_every_locked_package_stands_with_its_hashes_and_its_licence_as_we_read_it() -> None:
    found = {one["name"]: one for one in put_together()["components"]}
    assert found.keys() == {"needing", "needed", "elsewhere"}
    assert found["needed"]["licenses"] == [{"expression": "MIT OR Apache-2.0"}]
    assert found["needing"]["externalReferences"][0]["hashes"] == ["hash of needing"]
    assert found["needing"]["description"] == "What needs another."
    assert "description" not in found["elsewhere"]


def test_packages_name_what_they_ask_for_among_those_that_run_the_portal() -> None:
    bom = sbom.with_root(put_together(), ROOT)
    assert {one["ref"]: one["dependsOn"] for one in bom["dependencies"]} == {
        "root-component": ["needing"],
        "needing": ["needed"],
        "needed": [],
        "elsewhere": [],
    }
