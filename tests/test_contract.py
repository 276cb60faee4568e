"""The contract of all stages: the same rows, in the same order, however their tables are parted."""

from __future__ import annotations

import pyarrow as pa
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.pipeline import STAGES, run
from tests.articles import FERRY, FERRY_SPUN, ORCHARD

HEAD, TAIL = FERRY[: FERRY.index("Read also")], FERRY[FERRY.index("Not everyone") :]
SOURCES = [
    st.Text(FERRY, doc="ferry"),
    st.Text(FERRY_SPUN, doc="spun"),
    st.Text(FERRY, doc="again"),
    st.Text(HEAD, doc="excerpt"),
    st.Text(ORCHARD, doc="orchard"),
    st.Text(ORCHARD + "\n\n" + TAIL, doc="mixed"),
    st.Text(FERRY.replace("1,200", "2,100").replace("Tuesday", "Wednesday"), doc="edited"),
    st.Text("Паром через залив останется ещё на десять лет.", doc="русский"),
    st.Text("word", doc="word"),
]


@pytest.fixture(scope="module")
def once() -> dict[str, pa.Table]:
    """All tables, each stage in one part."""
    return run(st.read_documents(SOURCES), st.Options(), st.LocalEngine(parts=1, workers=1))


@pytest.mark.parametrize("parts", [2, 7])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.name))
def test_a_stage_gives_the_same_rows_for_any_number_of_parts(stage, parts, once) -> None:  # type: ignore[no-untyped-def]
    """A stage sees slices of its tables; how many there are must not show."""
    taken = [once[name] for name in stage.takes]
    again = stage.function(*taken, engine=st.LocalEngine(parts=parts, workers=2))
    assert again.equals(once[stage.name])
    if stage.name not in ("families", "stemma"):
        assert once[stage.name].num_rows > 0


@pytest.mark.parametrize("memory", [1_000, 300_000])
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: str(stage.name))
def test_a_stage_gives_the_same_rows_for_any_memory_limit(stage, memory, once) -> None:  # type: ignore[no-untyped-def]
    """With the smaller limit each row is a part and every table goes to disk; with the larger, some do."""
    taken = [once[name] for name in stage.takes]
    again = stage.function(*taken, engine=st.LocalEngine(workers=2, memory=memory))
    assert again.equals(once[stage.name])


def test_documents_are_the_same_in_any_order(once: dict[str, pa.Table]) -> None:
    assert st.read_documents(SOURCES[::-1]).equals(once["documents"])


@pytest.mark.parametrize("memory", [1_000, 300_000])
def test_documents_are_the_same_for_any_memory_limit(memory: int, once: dict[str, pa.Table]) -> None:
    assert st.read_documents(SOURCES, engine=st.LocalEngine(workers=2, memory=memory)).equals(once["documents"])


@pytest.mark.parametrize("schema", schemas.TABLES, ids=lambda schema: str(schema.name))
def test_every_table_keeps_its_schema(schema: schemas.Schema, once: dict[str, pa.Table]) -> None:
    """Types, nulls, unique keys and sorted rows, as ``schemas`` promises."""
    table = once[schema.name]
    assert table.schema.equals(schema.arrow)
    assert schema.check(table).equals(table)


def test_the_pile_falls_into_its_families(once: dict[str, pa.Table]) -> None:
    """The ferry's copies are one family; the page that mixes two texts joins them; strangers stay out."""
    families: dict[str, set[str]] = {}
    for row in once["families"].to_pylist():
        families.setdefault(row["family"], set()).add(row["doc"])
    assert any({"ferry", "spun", "again", "excerpt", "edited"} <= members for members in families.values())
    assert not any({"word", "русский"} & members for members in families.values())


def test_every_pair_has_one_relation(once: dict[str, pa.Table]) -> None:
    key = ["a", "b"]
    assert once["relations"].select(key).equals(once["pairs"].select(key))
