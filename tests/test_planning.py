"""The plan: what a run would cost, from a sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

import stemmata as st
from stemmata.engines import LocalEngine
from stemmata.errors import MissingSource
from stemmata.planning import LEAST_FILES, Plan, plan_run
from stemmata.report.plan import render_plan
from tests.articles import FERRY, FERRY_SPUN, ORCHARD


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ninety files: an article, its copies and strangers of the same length, thirty times; and one that is none."""
    folder = tmp_path_factory.mktemp("pile")
    for n in range(30):
        for name, text in (("ferry", FERRY), ("spun", FERRY_SPUN), ("orchard", ORCHARD)):
            (folder / f"{name}{n}.txt").write_text(f"{text}\nNo. {n}\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def plan(pile: Path) -> Plan:
    return plan_run([str(pile)], options=st.Options(), engine=LocalEngine(workers=2))


def test_a_sample_stands_for_the_whole(plan: Plan, pile: Path) -> None:
    """Twenty files at least are read; documents are reckoned by bytes, pairs at two a document."""
    assert (plan.files, plan.sample) == (91, LEAST_FILES)
    assert plan.size == sum(path.stat().st_size for path in pile.iterdir())
    assert 75 <= plan.documents <= 105
    assert plan.pairs == 2 * plan.documents


def test_every_stage_has_its_hours_and_each_figure_is_of_the_right_size(plan: Plan) -> None:
    from stemmata.pipeline import STAGES

    assert list(plan.hours) == ["documents", *(stage.name for stage in STAGES)]
    assert all(0 < hours < 0.1 for hours in plan.hours.values())
    assert plan.workers == 2
    assert 10_000 < plan.disk < 20_000_000
    assert 100_000_000 < plan.memory < 2_000_000_000


def test_a_small_pile_is_its_own_sample(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FERRY, "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    plan = plan_run([str(tmp_path)], options=st.Options(), engine=LocalEngine(workers=1))
    assert (plan.files, plan.sample, plan.skipped, plan.documents) == (2, 2, 1, 1)


def test_nothing_to_read_costs_nothing(tmp_path: Path) -> None:
    plan = plan_run([str(tmp_path)], options=st.Options(), engine=LocalEngine(workers=1))
    assert (plan.files, plan.documents, plan.pairs) == (0, 0, 0)
    with pytest.raises(MissingSource):
        plan_run([str(tmp_path / "nowhere")], options=st.Options(), engine=LocalEngine())


def test_a_plan_is_told_in_hours_and_gigabytes() -> None:
    plan = Plan(
        files=1_000_000,
        size=41_000_000_000,
        sample=10_000,
        skipped=12,
        documents=980_000,
        pairs=1_960_000,
        hours={"documents": 2.5, "alignments": 1.25, "stemma": 0.001},
        workers=4,
        disk=3_400_000_000,
        memory=2_100_000_000_000,
    )
    said = " ".join(render_plan(plan, Console(width=100)).split())
    assert said.startswith("About 56 min with 4 workers.")
    for part in (
        "1,000,000 files, 41 GB",
        "of which 12 could not be read",
        "3.4 GB",
        "2.1 TB",
        "2.5 h",
        "75 min",
        "4 s",
    ):
        assert part in said
