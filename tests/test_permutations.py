"""What is found depends on the documents alone: not on their order, nor on how the work on them is cut."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.alignments import align
from stemmata.documents import Text, read_documents
from stemmata.engines import Engine, LocalEngine
from stemmata.fingerprints import FingerprintOptions, fingerprint
from stemmata.pairs import PairOptions, find_pairs
from stemmata.relations import classify
from stemmata.statistics import collect_statistics
from tests.dispatches import DISPATCHES

CAP, MEMBERS = 2, 12  # far more members than twice the cap: links go to neighbours, and are looked at a second time
SAMPLED = FingerprintOptions(views=schemas.VIEWS, sample_from=0, floor=16)
QUOTING = PairOptions(neighbours=1, quotations=True)
QUOTED = "Whoever mends by lamplight curses nets at dawn."
LIMITS = (  # bytes or links that a stage takes at a time
    "stemmata.meeting.LINKS_AT_ONCE",
    "stemmata.recounts.BYTES_AT_ONCE",
    "stemmata.sides.BYTES_AT_ONCE",
    "stemmata.twins.AT_ONCE",
    "stemmata.fingerprints.CACHED",
    "stemmata.meeting.CACHED",
    "stemmata.recounts.CACHED",
)


class Way(NamedTuple):
    """How the work is cut: rows in which order, in which chunks, by whom, in which memory, how much at a time."""

    seed: int = 0
    chunks: tuple[int, ...] = ()
    workers: int = 1
    parts: int | None = 1
    memory: int | None = None
    at_once: int | None = None


WAYS = st.builds(
    Way,
    st.integers(0, 1_000),
    st.lists(st.integers(0, 40), max_size=6).map(lambda cuts: tuple(sorted(cuts))),
    st.sampled_from([1, 2, 8]),
    st.sampled_from([None, 1, 3, 11]),
    st.sampled_from([None, 1_000, 40_000, 2_000_000]),
    st.sampled_from([None, 1, 1_500]),
)


@cache
def documents() -> pa.Table:
    """A family of copies of copies, as old as one another but for three, spun copies, twins, strangers, a quotation."""
    draw = random.Random(3)
    source = DISPATCHES["en"][0]
    copies = [source.text]
    while len(copies) < MEMBERS:
        words = draw.choice(copies).split(" ")
        words[draw.randrange(len(words))] = draw.choice(("brine", "gulls", "oakum", "keels"))
        copies.append(" ".join(words))
    dated = {
        0: datetime(2026, 3, 9, tzinfo=UTC),
        4: datetime(2026, 3, 7, tzinfo=UTC),
        9: datetime(2026, 3, 9, tzinfo=UTC),
    }
    texts = [Text(text, doc=f"copy {k:02}", published=dated.get(k)) for k, text in enumerate(copies)]
    texts += [Text(copies[k].replace(" ", "\n"), doc=f"twin {k}") for k in (2, 6)]
    texts += [
        Text(text, doc=f"{language} {kind}")
        for language in ("en", "de", "ru", "zh", "th")
        for kind, text in (("text", DISPATCHES[language][1].text), ("spun", DISPATCHES[language][1].spun.lower()))
    ]
    quoting = ("fr", "it")
    texts += [Text(f"{DISPATCHES[language][1].text} {QUOTED}", doc=f"{language} quoting") for language in quoting]
    return read_documents([*texts, Text("word", doc="word"), Text(source.spun.upper(), doc="en capitals")])


def cut(table: pa.Table, way: Way) -> pa.Table:
    """The rows in another order, each column in chunks of its own bytes."""
    rows = list(range(table.num_rows))
    random.Random(way.seed).shuffle(rows)
    edges = [0, *(min(edge, table.num_rows) for edge in way.chunks), table.num_rows]
    return pa.concat_tables([table.take(pa.array(rows[low:high], pa.int64())) for low, high in pairwise(edges)])


def found(way: Way) -> dict[str, pa.Table]:
    """The tables as far as what each pair is."""
    engine: Engine = LocalEngine(workers=way.workers, parts=way.parts, memory=way.memory)
    with pytest.MonkeyPatch.context() as patch:
        for limit in LIMITS if way.at_once else ():
            patch.setattr(limit, way.at_once)
        texts = cut(documents(), way)
        facts = collect_statistics(texts, engine=engine)
        cap = pc.if_else(pc.equal(facts.column("fact"), "cap"), float(CAP), facts.column("value"))
        facts = facts.set_column(facts.column_names.index("value"), "value", cap)
        prints = fingerprint(texts, facts, options=SAMPLED, engine=engine)
        pairs = find_pairs(texts, prints, facts, options=QUOTING, engine=engine)
        alignments = align(texts, pairs, facts, engine=engine)
        relations = classify(texts, pairs, alignments, statistics=facts, engine=engine)
    return {"statistics": facts, "fingerprints": prints, "pairs": pairs, "relations": relations}


@cache
def once() -> dict[str, pa.Table]:
    """The tables that one worker makes of everything at once."""
    return found(Way())


def test_the_pile_holds_what_cutting_could_part() -> None:
    """A family past the cap, whose members are linked to some others only, beside pairs of every sort."""
    tables = once()
    pairs = {(row["a"], row["b"]): row["shared"] for row in tables["pairs"].to_pylist()}
    family = [pair for pair in pairs if all(doc.startswith("copy") for doc in pair)]
    assert MEMBERS - 1 <= len(family) < MEMBERS * (MEMBERS - 1) // 2
    notes = {row["what"]: row["count"] for row in schemas.remarks([tables["pairs"]], "notes").to_pylist()}
    assert notes["k-grams in more documents than the cap"] > 0
    assert notes["exact copies, compared with the earliest of them only"] == 2
    assert pairs["fr quoting", "it quoting"]["surface"] < PairOptions().verified
    assert {("en spun", "en text"), ("th spun", "th text"), ("zh spun", "zh text")} <= set(pairs)
    assert {"verbatim", "edited", "spun"} <= set(tables["relations"].column("kind").to_pylist())


@example(Way(seed=1, chunks=(1, 1, 30), workers=8, parts=None, memory=1_000, at_once=1))
@example(Way(seed=2, workers=2, parts=3, memory=40_000))
@example(Way(seed=3, chunks=(7, 20), workers=8, parts=11, at_once=1_500))
@settings(max_examples=6)
@given(WAYS)
def test_rows_depend_on_the_documents_alone(way: Way) -> None:
    """Facts, fingerprints, pairs and relations, and what is noted of them."""
    for name, table in found(way).items():
        assert table.equals(once()[name], check_metadata=True), name
