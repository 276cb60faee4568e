"""The description of the interface is true: requests are answered as it says, and nothing fails in the server."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from stemmata.server.app import make_app
from stemmata.server.shelves import RunShelf

REQUESTS = int(os.environ.get("STEMMATA_REQUESTS", "300"))  # in all
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def described(run_folder: Path) -> schemathesis.BaseSchema:
    app = make_app(RunShelf(run_folder), host="testserver")
    return schemathesis.openapi.from_asgi("/openapi.json", app)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_request_is_answered_as_described(described: schemathesis.BaseSchema, mode: GenerationMode) -> None:
    """Those that the description allows, and those that it does not."""
    operations = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == sum(map(len, described.raw_schema["paths"].values()))
    each = max(5, REQUESTS // (2 * len(operations)))
    answered: dict[int, int] = {}
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=each, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case[Any]) -> None:
            answer = case.call_and_validate(checks=CHECKS)
            answered[answer.status_code] = answered.get(answer.status_code, 0) + 1

        with suppress(Unsatisfiable):  # an address without parameters cannot be asked wrongly
            ask()
    assert mode is GenerationMode.NEGATIVE or answered[200] > 10
    assert sum(answered.values()) > REQUESTS / 4
    assert max(answered) < 500


def test_every_page_and_its_twin_are_described(described: schemathesis.BaseSchema) -> None:
    paths = set(described.raw_schema["paths"])
    pages = {path for path in paths if "." not in path and path != "/"}
    assert {f"{page}.json" for page in pages} <= paths
