"""A library is what its documents are: not in which order and how many steps they came, nor what came and went."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
from hypothesis import settings

from stemmata import schemas
from stemmata.demo import unpack
from stemmata.documents import read_documents
from stemmata.engines import LocalEngine
from stemmata.library import Library
from stemmata.pipeline import Options, run
from stemmata.traced import Trace

TABLES = [name for name in schemas.BY_NAME if name not in ("fingerprints", "skipped")]
THOROUGH = settings().max_examples > 100  # the profile of that name
ORDERS = int(os.environ.get("STEMMATA_ORDERS", 30 if THOROUGH else 3))


@cache
def newsroom() -> pa.Table:
    """The 74 documents of the demo."""
    with TemporaryDirectory() as folder:
        news, metadata = unpack(Path(folder))
        return read_documents(news, metadata=metadata)


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    library = Library(tmp_path_factory.mktemp("once") / "library")
    library.add(newsroom())
    return library.trace()


def steps(draw: random.Random) -> Iterator[tuple[str, list[int]]]:
    """Additions of documents in any order, by one, two or ten, with traces between; and what comes and goes."""
    order = list(range(newsroom().num_rows))
    draw.shuffle(order)
    cuts = sorted(draw.sample(range(1, len(order)), draw.choice([1, 2, 10])))
    for low, high in pairwise([0, *cuts, len(order)]):
        yield "add", order[low:high]
        if draw.random() < 0.4:
            yield "trace", []
        if draw.random() < 0.2:
            yield "compact", []
        if draw.random() < 0.5:
            gone = draw.sample(order[:high], min(high, 5))
            yield "remove", gone
            if draw.random() < 0.4:
                yield "trace", []
            if draw.random() < 0.4:
                yield "compact", []
            yield "add", gone


def test_tables_are_those_of_a_run_over_all_documents(at_once: Trace) -> None:
    """But for the notes of reading, which are told when documents are added."""
    whole = run(
        newsroom().replace_schema_metadata(None), Options(), LocalEngine(), made={"statistics": at_once.statistics}
    )
    assert at_once.relations.num_rows > 100
    for name in TABLES:
        table = getattr(at_once, name)
        assert table.equals(whole[name].select(table.column_names)), name


@pytest.mark.parametrize("order", range(ORDERS))
def test_any_order_and_steps_make_the_same_tables(order: int, at_once: Trace, tmp_path: Path) -> None:
    """With removals, additions of the same again, traces and compactions between."""
    library = Library(tmp_path / "library")
    for verb, rows in steps(random.Random(order)):
        some = newsroom().take(pa.array(rows, pa.int64()))
        if verb == "add":
            library.add(some)
        elif verb == "remove":
            library.remove(some["doc"].to_pylist())
        else:
            getattr(library, verb)()
    trace = library.trace()
    for name in TABLES:
        assert getattr(trace, name).equals(getattr(at_once, name)), name
    library.check()
