"""Steps of a datatrove pipeline that keep one of each family of copies, as ``stemmata.dedup`` does.

Three pipelines, one after the other, as with datatrove's own MinHash; docs/dedup.md has them in a script:

1. ``CollectTexts``, behind any reader and filters, in as many tasks as you like: puts texts and ids into a folder.
2. ``DecideFamilies``, alone, in one task: finds the families in that folder, and writes what becomes of each document.
3. ``FilterFamilies``, behind the same reader and filters, in as many tasks as the first: drops copies, or marks them.

Documents must have ids of their own. Folders are datatrove's, local or remote; ``stemmata.dedup`` reads files on this
machine, and so what lies elsewhere is copied to a temporary folder of the task that decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from datatrove.data import Document
from datatrove.io import DataFolder, DataFolderLike, file_is_local, get_datafolder
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.filters.base_filter import BaseFilter
from datatrove.pipeline.writers.disk_base import DiskWriter
from datatrove.utils.batching import batched
from datatrove.utils.logging import logger

import stemmata as st

TOLD = ("family", "family_size", "keep", "duplicate_of", "kind", "reason")  # as by ``stemmata dedup --annotate``


class CollectTexts(PipelineStep):
    """Put the texts of a task's documents into a file, and hand the documents on.

    Parameters
    ----------
    texts : str or DataFolder
        Where the files of all tasks go: a folder of their own, empty at first.
    columns : mapping of str to str, optional
        What of ``metadata`` goes with them, and its Arrow type: ``{"date": "string", "quality": "double"}``. By dates
        originals are told from copies; any column may decide which document stays.
    """

    type, name = "🫂 - DEDUP", "🌳 Families: texts"

    def __init__(self, texts: DataFolderLike, columns: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.texts, self.columns = get_datafolder(texts), dict(columns or {})

    def run(self, data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """Yield the documents once they are written."""
        schema = pa.schema([("doc", "string"), ("text", "large_string"), *self.columns.items()])
        with pq.ParquetWriter(f"{rank:05d}.parquet", schema, filesystem=self.texts) as writer:
            for documents in batched(data, 10_000):
                ids, texts = zip(*((str(document.id), document.text) for document in documents), strict=True)
                known = {name: [document.metadata.get(name) for document in documents] for name in self.columns}
                writer.write_table(pa.table({"doc": ids, "text": texts, **known}, schema))
                yield from documents


class DecideFamilies(PipelineStep):
    """Find the families among all texts, and write what becomes of each document, a file for each task.

    Parameters
    ----------
    texts, decisions : str or DataFolder
        Where ``CollectTexts`` has put the texts; where the decisions go.
    keep : str
        Which one of a family stays, as in ``stemmata.dedup``: ``"original"``, ``"longest"``, ``"quality desc"``.
    engine : LocalEngine, optional
        How many processors and how much memory to take; by default all.
    """

    type, name = "🫂 - DEDUP", "🌳 Families: decisions"

    def __init__(
        self,
        texts: DataFolderLike,
        decisions: DataFolderLike,
        keep: str = "original",
        engine: st.LocalEngine | None = None,
    ) -> None:
        super().__init__()
        self.texts, self.decisions = get_datafolder(texts), get_datafolder(decisions)
        self.keep, self.engine = keep, engine

    def run(self, data: None = None, rank: int = 0, world_size: int = 1) -> None:  # noqa: ARG002
        """Decide about all documents at once."""
        if data is not None or world_size != 1:
            raise ValueError("families are found among all texts at once: give DecideFamilies one task, and no reader.")
        names = self.texts.list_files()
        ids = [pq.read_table(name, columns=["doc"], filesystem=self.texts)["doc"] for name in names]
        docs = pa.chunked_array([chunk for column in ids for chunk in column.chunks], pa.string())
        if again := len(docs) - pc.count_distinct(docs).as_py():
            raise ValueError(f"{again:,} documents have the id of another: give each an id of its own.")
        with self.track_time("run"), on_this_machine(self.texts) as folder:
            found = st.dedup(folder, keep=self.keep, engine=self.engine)
        logger.info(found)
        rows = pc.index_in(docs, found.decisions["doc"].combine_chunks())  # null where a text is but white space
        told = pa.table({"doc": docs, **{name: found.decisions[name].take(rows) for name in TOLD}})
        for name, own in zip(names, ids, strict=True):
            pq.write_table(told.slice(0, len(own)), name, filesystem=self.decisions)
            told = told.slice(len(own))


class FilterFamilies(BaseFilter):
    """Drop the copies of documents that stay, and say in ``metadata`` what each document is.

    Parameters
    ----------
    decisions : str or DataFolder
        Where ``DecideFamilies`` has put them.
    annotate : bool
        Drop nothing: ``stemmata_keep`` says which documents would stay.
    exclusion_writer : DiskWriter, optional
        Where documents go that are dropped.
    """

    type, name = "🫂 - DEDUP", "🌳 Families: filter"

    def __init__(
        self, decisions: DataFolderLike, annotate: bool = False, exclusion_writer: DiskWriter | None = None
    ) -> None:
        super().__init__(exclusion_writer)
        self.decisions, self.annotate = get_datafolder(decisions), annotate

    def run(self, data: Iterator[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:
        """Yield the documents that stay."""
        told = pq.read_table(f"{rank:05d}.parquet", filesystem=self.decisions)
        self.told = {row.pop("doc"): row for row in told.to_pylist()}
        yield from super().run(data, rank, world_size)

    def filter(self, document: Document) -> bool | tuple[bool, str | None]:
        """Return whether a document stays, and as what kind of copy it goes."""
        if (told := self.told.get(str(document.id))) is None:
            raise ValueError(f"no text of {document.id!r} was collected: take the same reader, filters and tasks.")
        document.metadata |= {f"stemmata_{name}": value for name, value in told.items()}
        return bool(told["keep"]) or self.annotate or (False, told["kind"])


@contextmanager
def on_this_machine(folder: DataFolder) -> Iterator[str]:
    """Yield the path of a folder, or of a copy of it."""
    with TemporaryDirectory() as copy:
        if not file_is_local(folder):
            folder.get("", copy, recursive=True)
        yield folder.path if file_is_local(folder) else copy
