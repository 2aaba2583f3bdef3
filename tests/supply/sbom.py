"""Writes what the portal is made of (SBOM), as CycloneDX 1.6 in JSON: `make sbom` calls it.

Two readings of cyclonedx-bom are put together: the lock file knows every hash, the environment licences and what asks
for what. What only developers have is left out. Runs in `.venv-formats`; needs no network.
"""

import json
import subprocess
import sys
import tomllib
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.locks import ROOT, RUN
from tests.supply.licences import LIST, listed

FILE = ROOT / "sbom.json"
TOOL = [sys.executable, "-W", "ignore::UserWarning", "-m", "cyclonedx_py"]
OPTIONS = ["--pyproject", "pyproject.toml", "--spec-version", "1.6", "--output-reproducible", "--validate"]
ROOT_REF = "root-component"

Bom = dict[str, Any]


def reading(*arguments: str) -> Bom:
    """What cyclonedx-bom says of a lock file or an environment."""
    done = subprocess.run([*TOOL, *arguments, *OPTIONS], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    bom: Bom = json.loads(done.stdout)
    return bom


def put_together(locked: Bom, installed: Bom, licences: dict[str, str]) -> Bom:
    """Every locked component with its hashes, its licence, and what it asks for."""
    here = {name_of(one): one for one in installed["components"]}
    refs = {here[name]["bom-ref"]: name for name in here}
    asked = {refs.get(one["ref"], ROOT_REF): one.get("dependsOn", []) for one in installed["dependencies"]}
    components = [component(one, here.get(name_of(one), {}), licences) for one in locked["components"]]
    known = {one["bom-ref"] for one in components}
    return locked | {
        "components": components,
        "dependencies": [
            {"ref": ref, "dependsOn": sorted({refs[one] for one in asked.get(ref, []) if refs[one] in known})}
            for ref in sorted(known)
        ],
    }


def name_of(component: Bom) -> str:
    return str(canonicalize_name(component["name"]))


def component(locked: Bom, installed: Bom, licences: dict[str, str]) -> Bom:
    """One package: what the lock says of it, in the words of its authors, under our reading of its licence."""
    name = name_of(locked)
    hashes = [{"type": one["type"], "url": one["url"], "hashes": one["hashes"]} for one in locked["externalReferences"]]
    said = {"bom-ref": name, "name": name, "licenses": [{"expression": licences[name]}], "externalReferences": hashes}
    said |= {"description": installed["description"]} if "description" in installed else {}
    return {key: value for key, value in locked.items() if key != "description"} | said


def with_root(bom: Bom, project: str) -> Bom:
    """The bill with what the portal itself asks for."""
    names = {one["bom-ref"] for one in bom["components"]}
    asked = tomllib.loads(project)["project"]["dependencies"]
    wanted = sorted(names & {canonicalize_name(Requirement(line).name) for line in asked})
    return bom | {"dependencies": [{"ref": ROOT_REF, "dependsOn": wanted}, *bom["dependencies"]]}


def error_in(text: str) -> Any:
    """What the schema of CycloneDX has against it, by the library's own validator; None for nothing."""
    from cyclonedx.schema import SchemaVersion  # installed in `.venv-formats` alone
    from cyclonedx.validation.json import JsonStrictValidator

    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)


def main() -> int:
    """Write the bill of materials; return the exit status."""
    licences = listed((ROOT / LIST).read_text(encoding="utf-8"))[RUN]
    bom = put_together(reading("requirements", RUN), reading("environment", sys.argv[1]), licences)
    text = json.dumps(with_root(bom, (ROOT / "pyproject.toml").read_text()), indent=1, sort_keys=True) + "\n"
    if error := error_in(text):
        print(f"This is no CycloneDX: {error}", file=sys.stderr)
        return 1
    FILE.write_text(text, encoding="utf-8")
    print(f"{FILE.name}: {len(bom['components'])} packages, CycloneDX 1.6, as its schema wants it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
