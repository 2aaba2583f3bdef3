"""The API and its description. The two validators are of different authors and share no code but JSON Schema's."""

import subprocess
import sys

from openapi_pydantic.v3.v3_1 import OpenAPI
from openapi_spec_validator import validate

from tests.formats.portal import Portal

DESCRIPTION = "/api/v1/openapi.json"
EXAMPLES = "25"  # requests that schemathesis makes up for each operation and phase


def openapi_spec_validator_accepts_the_description(portal: Portal) -> None:
    description = portal.json(DESCRIPTION)
    assert description["openapi"].startswith("3.1.")
    validate(description)


def openapi_pydantic_reads_the_description(portal: Portal) -> None:
    description = portal.json(DESCRIPTION)
    read = OpenAPI.model_validate(description)
    assert set(read.paths) == set(description["paths"])
    ids = [operation.operationId for path in read.paths.values() if (operation := path.get)]
    assert all(ids), "an operation has no id"
    assert len(set(ids)) == len(ids), "two operations have one id"
    for path, item in read.paths.items():
        named = {one.name for one in (item.get.parameters or []) if one.param_in == "path"}
        assert all(f"{{{name}}}" in path for name in named), path
        assert path.count("{") == len(named), f"{path}: a part is not described"
        assert "200" in item.get.responses, f"{path}: what it answers is not described"


def schemathesis_finds_no_failure(portal: Portal) -> None:
    command = [sys.executable, "-m", "schemathesis.cli", "run", portal.url + DESCRIPTION]
    options = ["--max-examples", EXAMPLES, "--seed", "1", "--no-color", "--request-timeout", "60"]
    # In a folder of its own: it leaves what it found there.
    done = subprocess.run([*command, *options], capture_output=True, text=True, check=False, cwd=portal.folder)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-1000:]
