"""Build a file of counts: how often words, and pairs of neighbouring words, stand in texts of one language."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.compute as pc

from stemmata import schemas
from stemmata.countfiles import Provenance, check_place, write_counts
from stemmata.counting import count_pairs, count_rows, examine_texts, find_runs
from stemmata.documents import DocumentOptions, Source, read_all, read_documents
from stemmata.engines import Engine, Listener, LocalEngine
from stemmata.errors import OptionError, SourceError
from stemmata.pipeline import Clock
from stemmata.wordpairs import PAIR

LEAST_WORDS = 100_000  # on fewer, hardly any pair of a text that is judged was seen
PLENTY = 10_000_000  # words from which a pair that was seen once may be dropped
MOST = 1_000
LISTED = 5
OTHER, UNKNOWN, SHARED = "of another language", "of unknown language", "ten words in a row of a text to leave out"


class Built(NamedTuple):
    """A file of counts that was built.

    Parameters
    ----------
    path : Path
    provenance : Provenance
        What the file says of itself.
    skipped, notes : sequence of mappings
        Rows of ``schemas.SKIPPED`` and ``schemas.NOTES``: inputs that were not read, and what a rule cut.
    """

    path: Path
    provenance: Provenance
    skipped: Sequence[Mapping[str, str]]
    notes: Sequence[Mapping[str, Any]]


def build_counts(
    sources: Source | Iterable[Source],
    output: str | os.PathLike[str],
    *,
    language: str,
    leave_out: Source | Iterable[Source] | None = None,
    least: int | None = None,
    about: str = "",
    options: DocumentOptions | None = None,
    engine: Engine | None = None,
    progress: Listener | None = None,
) -> Built:
    """Count the words and the pairs of neighbouring words in texts of one language, and write them into a file.

    A pair counts once in each distinct surroundings (the word before it and the word after it): notices and copies,
    however often they are repeated, count once.

    Parameters
    ----------
    sources : path, folder, glob, Text, table, or several of them
        Everything that :func:`stemmata.read_documents` reads. Texts of other languages are left out.
    output : str or path
        The file; one that is there is replaced only if it is a file of counts.
    language : str
        ISO 639-1 code.
    leave_out : source, or several of them, optional
        Texts that are judged later: what shares ten words in a row with them is not counted.
    least : int
        How often a pair, or a word, must have been seen to be kept, 1 to 1,000; by default once, and twice from
        10 million words on, where it saves most of the file and costs little.
    about : str
        Where the texts come from and on what terms; it is kept in the file.
    options : DocumentOptions, optional
        How sources are read.
    engine : Engine, optional
        Where to read and to count; by default this machine.
    progress : callable, optional
        Called with a :class:`stemmata.engines.Progress` of what is done next, and as it goes on.

    Raises
    ------
    OptionError
        ``language`` or ``least`` is out of its range.
    SourceError
        No text, or fewer than 100,000 words, of that language; a text to leave out could not be read; further as
        :func:`stemmata.read_documents`.
    FolderError
        The file cannot be written, or another file is there.

    Notes
    -----
    All texts are held in memory: 35 million words in 72,644 files took four minutes and 4.4 GB.
    """
    DocumentOptions(language=language)  # refuses what is no code
    if least is not None and not 1 <= least <= MOST:
        what = f"least must lie between 1 and {MOST:,}, and is {least!r}."
        raise OptionError(what, where="build_counts", mend="choose 1, to keep all; or 2.")
    check_place(output)
    options, engine, clock = options or DocumentOptions(), engine or LocalEngine(), Clock(progress)
    with clock.stage("documents"):
        documents = read_documents(sources, options=options, engine=engine)
    skipped, notes = (schemas.remarks([documents], side).to_pylist() for side in ("skipped", "notes"))
    judged = schemas.DOCUMENTS.empty()
    if leave_out is not None:
        with clock.stage("texts to leave out"):
            judged = read_all(leave_out, "a text to leave out", options=options, engine=engine)
    languages = Counter(documents.column("language").to_pylist())
    texts = documents.filter(pc.equal(documents.column("language"), language))
    with clock.stage("words"):
        examined = examine_texts(texts, find_runs(judged.column("text")), engine)
    kept = pc.invert(examined.column("shares"))
    texts = texts.filter(kept)
    words = int(examined.column("words").filter(kept).to_numpy().sum())
    left_out = {
        OTHER: languages.total() - languages[None] - languages[language],
        UNKNOWN: languages[None],
        SHARED: languages[language] - texts.num_rows,
    }
    if words < LEAST_WORDS:
        raise _too_few(words, language, languages, left_out[SHARED])
    least = least or (2 if words >= PLENTY else 1)
    with clock.stage("pairs of words"):
        rows = count_rows(language, *count_pairs(texts, engine), least)
    provenance = Provenance(
        language=language,
        texts=texts.num_rows,
        words=words,
        pairs=pc.sum(pc.equal(rows.column("fact"), PAIR)).as_py(),
        least=least,
        left_out={reason: count for reason, count in left_out.items() if count},
        about=about,
    )
    return Built(write_counts(output, rows, provenance), provenance, skipped, notes)


def _too_few(words: int, language: str, languages: Counter[str | None], left_out: int) -> SourceError:
    held = ", ".join(f"{count:,} {code or 'unknown'}" for code, count in languages.most_common(LISTED)) or "none"
    held += f"; {left_out:,} left out" if left_out else ""
    return SourceError(
        f"{words:,} words of language '{language}' are too few to count pairs in: {LEAST_WORDS:,} are needed."
        if languages[language]
        else f"there is no text of language '{language}' to count.",
        where=f"documents by language: {held}",
        mend="give more texts. A text's language is told by its letters; a table may say it in a column 'language'.",
    )
