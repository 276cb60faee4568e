"""The description of the interface is true: requests are answered as it says, and nothing fails in the server."""

from __future__ import annotations

import os
from collections.abc import Iterator
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

import stemmata as st
from stemmata.server.app import make_app
from stemmata.server.jobs import Jobs
from stemmata.server.libraries import LibraryShelf
from stemmata.server.piles import Piles
from stemmata.server.shelves import RunShelf, Shelf
from tests.articles import FERRY, FERRY_SPUN
from tests.served import wait_for

REQUESTS = int(os.environ.get("STEMMATA_REQUESTS", "300"))  # in all
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance, status_code_conformance]


@pytest.fixture(scope="module")
def described(run_folder: Path) -> schemathesis.BaseSchema:
    return asked(RunShelf(run_folder))


@pytest.fixture(scope="module")
def deciding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[schemathesis.BaseSchema]:
    """A library in which decisions may be made."""
    folder = tmp_path_factory.mktemp("held") / "library"
    st.Library(folder).add([st.Text(FERRY, doc="ferry"), st.Text(FERRY_SPUN, doc="spun")])
    jobs = Jobs()
    shelf = LibraryShelf(folder, jobs, may_decide=True)
    wait_for(lambda: shelf._shown is not None)
    yield asked(shelf)
    shelf.close()
    jobs.close()


@pytest.fixture(scope="module")
def dropping() -> Iterator[schemathesis.BaseSchema]:
    """A server into which files are dropped."""
    jobs = Jobs()
    piles = Piles(jobs)
    yield asked(piles)
    jobs.close()
    piles.close()


def asked(shelf: Shelf | Piles) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", make_app(shelf, host="testserver"))


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("served", ["described", "deciding", "dropping"])
def test_every_request_is_answered_as_described(
    request: pytest.FixtureRequest, served: str, mode: GenerationMode
) -> None:
    """Those that the description allows, and those that it does not."""
    schema: schemathesis.BaseSchema = request.getfixturevalue(served)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == sum(map(len, schema.raw_schema["paths"].values()))
    each = max(3, REQUESTS // (6 * len(operations)))
    answered: dict[int, int] = {}
    for operation in operations:

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=each, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        def ask(case: schemathesis.Case[Any]) -> None:
            answer = case.call_and_validate(checks=CHECKS)
            answered[answer.status_code] = answered.get(answer.status_code, 0) + 1

        with suppress(Unsatisfiable):  # an address without parameters cannot be asked wrongly
            ask()
    assert mode is GenerationMode.NEGATIVE or answered[200] > 0
    assert sum(answered.values()) > REQUESTS / 20
    assert {status for status in answered if status >= 500} <= {503}  # what is not ready, or is too much at once


def test_every_page_and_its_twin_are_described(described: schemathesis.BaseSchema) -> None:
    paths = set(described.raw_schema["paths"])
    pages = {path for path in paths if "." not in path and path != "/"}
    assert {f"{page}.json" for page in pages} <= paths
