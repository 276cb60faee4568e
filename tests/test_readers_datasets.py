"""Data sets of Hugging Face: their data are read, and nothing that only says something about these.

``tests/fixtures/datasets/make.py`` says how the two there were made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc
import pytest

from stemmata import dedup, schemas
from stemmata.documents import read_documents
from stemmata.readers.datasets import KNOWN_BYTES, sift
from stemmata.readers.files import read_bytes

MADE = Path(__file__).parent / "fixtures" / "datasets"
BESIDE = "files of data sets that are no data of theirs, left out"
NOTICE = "The ferry to the island will run twice a day from May, the harbour master said."


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MADE / "saved", tmp_path / "saved"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """As it is cloned: with what git keeps beside."""
    place = Path(shutil.copytree(MADE / "repository", tmp_path / "repository"))
    (place / ".gitattributes").write_text("*.parquet filter=lfs diff=lfs merge=lfs -text\n")
    return place


def docs(source: Path | str) -> list[str]:
    return list(map(str, read_documents(source)["doc"].to_pylist()))


def told(source: Path, side: str = "skipped") -> list[dict[str, str]]:
    rows: list[dict[str, str]] = schemas.remarks([read_documents(source)], side).to_pylist()
    return rows


def card(folder: Path, head: str) -> None:
    (folder / "README.md").write_text(f"---\n{head}\n---\n\n# A data set\n")


# What save_to_disk writes


def test_a_saved_data_set_is_its_rows(saved: Path) -> None:
    """They are called by file and number, as those of any other table."""
    assert docs(saved) == [
        "test/data-00000-of-00001.arrow#1",
        "test/data-00000-of-00001.arrow#2",
        "train/data-00000-of-00002.arrow#1",
        "train/data-00000-of-00002.arrow#2",
        "train/data-00001-of-00002.arrow#1",
        "train/data-00001-of-00002.arrow#2",
    ]
    assert told(saved) == []
    assert told(saved, "notes") == [{"stage": "documents", "what": BESIDE, "count": 5}]


def test_one_split_of_it_is_a_data_set_too(saved: Path) -> None:
    rows = read_documents(saved / "train")
    assert rows["doc"].to_pylist()[0] == "data-00000-of-00002.arrow#1"
    assert rows["title"].to_pylist() == ["Baths", "Baths again", "Ferry", "Ferry again"]


def test_so_it_is_wherever_it_lies(saved: Path) -> None:
    (saved.parent / "weir.txt").write_text(NOTICE)
    assert docs(saved.parent)[0] == "saved/test/data-00000-of-00001.arrow#1"
    assert docs(saved.parent)[-1] == "weir.txt"
    assert docs(f"{saved.parent}/s*")[0] == "saved/test/data-00000-of-00001.arrow#1"


def test_what_was_computed_beside_the_data_is_no_part_of_them(saved: Path) -> None:
    """``map`` and ``filter`` leave files with the same rows, changed."""
    shutil.copy(saved / "test" / "data-00000-of-00001.arrow", saved / "test" / "cache-1a5079b34d1cd98b.arrow")
    assert len(docs(saved)) == 6


def test_rows_that_were_selected_are_not_taken_for_all(saved: Path) -> None:
    """Old versions save the whole table, and beside it which rows are meant."""
    table = pa.table({"indices": pa.array([1], pa.uint64())})
    with pa.OSFile(str(saved / "test" / "indices.arrow"), "wb") as file, pa.ipc.new_stream(file, table.schema) as out:
        out.write_table(table)
    assert [doc.partition("/")[0] for doc in docs(saved)] == ["train"] * 4
    [row] = told(saved)
    assert row["uri"] == str(saved / "test" / "state.json")
    assert "selection of rows" in row["reason"]
    assert "flatten_indices()" in row["mend"]


def test_nor_where_only_the_state_says_so(saved: Path) -> None:
    state = json.loads((saved / "test" / "state.json").read_text())
    state["_indices_data_files"] = [{"filename": "chosen.arrow"}]
    (saved / "test" / "state.json").write_text(json.dumps(state))
    assert ["flatten_indices()" in row["mend"] for row in told(saved)] == [True]
    assert len(docs(saved)) == 4


def test_a_shard_that_is_not_there_is_told(saved: Path) -> None:
    (saved / "train" / "data-00001-of-00002.arrow").unlink()
    [row] = told(saved)
    assert row["uri"] == str(saved / "train" / "data-00001-of-00002.arrow")
    assert "is not there" in row["reason"]


@pytest.mark.parametrize(
    "state",
    ["[" * 100_000, '{"_data_files": 3}', '{"_data_files": [{"filename": "../a"}]}', "{}"],
    ids=["deep", "a number", "another folder", "empty"],
)
def test_a_state_that_says_nothing_makes_no_data_set(state: str, tmp_path: Path) -> None:
    for name in ("state.json", "dataset_info.json"):
        (tmp_path / name).write_text(state)
    (tmp_path / "weir.txt").write_text(NOTICE)
    assert docs(tmp_path) == ["weir.txt"]
    assert {Path(row["uri"]).name for row in told(tmp_path)} == {"dataset_info.json", "state.json"}


def test_one_of_each_family_is_kept_of_a_saved_data_set(saved: Path) -> None:
    rows = dedup(saved).table()
    assert rows.column_names == ["text", "title"]
    assert rows.num_rows < 6


# Repositories


def test_a_repository_is_the_files_that_its_card_names(repository: Path) -> None:
    (repository / "stats.json").write_text('{"text": "Statistics of the data, by a program that wrote them."}')
    assert {doc.partition("#")[0] for doc in docs(repository)} == {
        "data/test-00000-of-00001.parquet",
        "data/train-00000-of-00002.parquet",
        "data/train-00001-of-00002.parquet",
    }
    assert told(repository) == []


def test_without_a_list_of_files_it_is_all_but_what_is_about_it(tmp_path: Path) -> None:
    card(tmp_path, "license: mit\ntask_categories:\n- text-classification")
    for name in ("LICENSE", "notices.py", "a.csv", "texts/README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f'text\n"{NOTICE}"\n')
    assert docs(tmp_path) == ["a.csv#1", "texts/README.md"]


def test_any_other_readme_is_a_document(tmp_path: Path) -> None:
    """Many pages have a head; the keys of a data set's are its own."""
    card(tmp_path, "title: The weir\nlayout: post")
    (tmp_path / "a.txt").write_text(NOTICE)
    assert docs(tmp_path) == ["README.md", "a.txt"]


def test_a_card_without_data_is_a_document(tmp_path: Path) -> None:
    card(tmp_path, "configs:\n- config_name: default\n  data_files: https://elsewhere.example/a.csv")
    assert docs(tmp_path) == ["README.md"]


FILES = ("data/a.csv", "data/b.csv", "data/more/c.csv", "x.jsonl", "y.json", "README.md", "vocabulary.json")
HEADS = {
    "data_files: data/a.csv": {"data/a.csv"},
    'data_files: "data/*.csv"': {"data/a.csv", "data/b.csv"},
    "data_files:\n  - data/a.csv\n  - 'x.jsonl'": {"data/a.csv", "x.jsonl"},
    'data_files: ["data/a.csv", "y.json"]': {"data/a.csv", "y.json"},
    "data_files:\n    train: x.jsonl # all\n    test: y.json": {"x.jsonl", "y.json"},
    "data_files:\n  - split: y.json\n    path:\n    - data/**/c.csv\n  default: x.jsonl": {"data/more/c.csv"},
    "data_dir: ./data/more/\n- config_name: b\n  data_files: y.json\nsize: x.jsonl": {"data/more/c.csv", "y.json"},
    "features: x.jsonl": {*FILES} - {"README.md"},
}


@pytest.mark.parametrize(("head", "data"), HEADS.items())
def test_cards_name_files_in_every_way_that_yaml_has(head: str, data: set[str]) -> None:
    held = {"README.md": f"---\r\nconfigs:\n- config_name: x.jsonl\n  {head}\n---\n".encode()}
    sifted = sift(FILES, held.__getitem__)
    assert set(FILES) - sifted.beside == data
    assert not sifted.refused


@pytest.mark.usefixtures("linear")
@pytest.mark.parametrize("line", ["  - path: data/part-{}.csv", "  - path: data/part-{}-*.csv", "  - */*/*/*/*/*/{}"])
def test_a_card_may_name_a_hundred_thousand_files(line: str) -> None:
    """Work does not grow with their number for each file; of patterns, no more than can be tried say anything."""
    lines = "\n".join(line.format(number) for number in range(100_000))
    card = f"---\nconfigs:\n- config_name: all\n  data_files:\n{lines}\n---\n".encode()
    files = [f"data/part-{number}.csv" for number in range(1_000)]
    sifted = sift(["README.md", "more.csv", *files], {"README.md": card}.__getitem__)
    assert sifted.beside == ({"README.md", "more.csv"} if line.endswith("{}.csv") else {"README.md"})


def test_a_data_set_in_the_cache_of_the_hub_is_read_through_its_links(repository: Path, tmp_path: Path) -> None:
    """A snapshot there is links to files beside it; other links still lead out of the folder."""
    snapshot = tmp_path / "hub" / "datasets--town--notices" / "snapshots" / "5c2f"
    blobs = snapshot.parent.parent / "blobs"
    shutil.copytree(repository, snapshot)
    blobs.mkdir()
    for number, file in enumerate(sorted((snapshot / "data").iterdir())):
        file.rename(blobs / f"{number}")
        file.symlink_to(os.path.relpath(blobs / f"{number}", file.parent))
    (snapshot / "data" / "train-00009.parquet").symlink_to(repository / "README.md")
    assert len(docs(snapshot)) == len(docs(snapshot / "data")) == 6
    assert [row["reason"] for row in told(snapshot)] == ["it is a link that leads out of the folder."]


def test_a_file_that_git_has_not_fetched_is_no_text(repository: Path) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'4d7a2146' * 8}\nsize 12345\n"
    (repository / "data" / "test-00000-of-00001.parquet").write_text(pointer)
    assert len(docs(repository)) == 4
    [row] = told(repository)
    assert "a pointer of Git LFS" in row["reason"]
    assert "git lfs pull" in row["mend"]


def test_of_what_is_beside_a_data_set_no_more_than_is_needed_is_looked_at(saved: Path) -> None:
    asked = []

    def read(name: str) -> bytes:
        asked.append(name)
        return read_bytes(str(saved / name), KNOWN_BYTES)

    names = [str(file.relative_to(saved)) for file in saved.rglob("*.*")]
    sift(names, read)
    assert sorted(asked) == ["dataset_dict.json", "test/state.json", "train/state.json"]


def test_a_hundred_thousand_cards_are_looked_through_in_one_pass() -> None:
    """Work grows with the names, not with their square: each is looked at once for each card above it."""
    looked = 0

    class Name(str):
        def startswith(self, *given: object) -> bool:
            nonlocal looked
            looked += 1
            return str.startswith(self, *given)  # type: ignore[arg-type]

    names = [Name(f"{number:05}/{file}") for number in range(1_000) for file in ("README.md", "a.csv")]
    held: Mapping[str, bytes] = dict.fromkeys(names[::2], b"---\nconfigs:\n- data_files: a.csv\n---\n")
    assert sift(names, held.__getitem__).beside == set(names[::2])
    assert looked <= 3 * len(names)
