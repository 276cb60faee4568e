"""Names that an installed spaCy pipeline recognises, beside those that their capitals show.

The pipeline reads each document once, before the pairs: its names are a column that travels with the text. It is
loaded once in a process, by name, and only for the option; nothing in a document can name one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata import schemas
from stemmata.engines import Engine
from stemmata.errors import OptionError, cause
from stemmata.languages import function_words
from stemmata.once import once
from stemmata.sides import Sides
from stemmata.tokens import FIRST, LOWERCASE, SENTENCE, Words, among

if TYPE_CHECKING:
    from spacy.language import Language

Marks = tuple[NDArray[np.bool_], NDArray[np.bool_]]  # by word, for each text of a pair

SHAPE = "shape"  # the option that names no pipeline
COLUMN = "recognised"
EVERY_LANGUAGE = "xx"  # what spaCy calls the language of a pipeline for many
PIECE = 16_000  # code points read at once: pipelines bound their input, the Japanese one to 49,149 bytes
LOOSE = 50  # commonest words of a language, which begin and end no name
EDGE = 3  # of them on either side
KINDS = frozenset({  # as OntoNotes calls them; then as other corpora of spaCy's own pipelines do
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
    "PER", "MISC", "FACILITY", "ORGANIZATION", "NAT_REL_POL", "GPE_LOC", "GPE_ORG", "PROD", "EVT", "DRV", "PRS",
    "OBJ", "WRK", "EVN", "PS", "LC", "OG", "DERIV_PER", "PERSNAME", "PLACENAME", "GEOGNAME", "ORGNAME",
})  # fmt: skip
SPEECH = frozenset({  # components that say of words what no recogniser of names asks
    "tagger", "morphologizer", "parser", "senter", "sentencizer", "attribute_ruler", "lemmatizer",
    "trainable_lemmatizer", "textcat", "textcat_multilabel",
})  # fmt: skip
LEARNED = frozenset(["ner", "beam_ner"])  # they read the words, or vectors that they listen to, and nothing else

_reading = Lock()


def pipeline_name(value: object) -> str:
    """Return what the option ``names`` names, as a string.

    Raises
    ------
    OptionError
        It is neither a string nor a path, or is empty.
    """
    name = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(name, str) or not name:
        raise OptionError(
            f"names must be {SHAPE!r} or name a spaCy pipeline, and is {value!r}.",
            where="option names",
            mend="give the name of an installed pipeline, such as 'en_core_web_sm', or the path of a folder.",
        )
    return name


def check_pipeline(name: str) -> None:
    """Refuse a pipeline that cannot be used, before any work begins; ``"shape"`` is none.

    Raises
    ------
    OptionError
        spaCy or the pipeline is not installed, or the pipeline recognises no names.
    """
    if name != SHAPE:
        _pipeline(name)


def recognise_names(documents: pa.Table, pairs: pa.Table, name: str, engine: Engine) -> pa.Table:
    """Return the documents that stand in pairs, with the names that a pipeline recognises in them.

    Parameters
    ----------
    documents : pyarrow.Table
        Columns ``doc``, ``text`` and ``language``.
    pairs : pyarrow.Table
        Columns ``a`` and ``b``.
    name : str
        An installed package or a folder, as for ``spacy.load``; or ``"shape"``, which recognises none.

    Returns
    -------
    pyarrow.Table
        With a column ``recognised`` of binary values: code points, from and to, of each name, as int32. It is empty
        where the document's language is not the pipeline's; how many such documents there are is noted.

    Raises
    ------
    OptionError
        As for :func:`check_pipeline`.
    """
    held = pa.chunked_array([*pairs.column("a").chunks, *pairs.column("b").chunks], pa.string())
    documents = documents.filter(pc.is_in(documents.column("doc"), held.combine_chunks()))
    if name == SHAPE:
        return documents.append_column(COLUMN, pa.array([b""] * documents.num_rows, pa.large_binary()))
    return engine.map(_recognise, documents, name)


def recognised_words(part: pa.Table, sides: Sides) -> Marks:
    """Say of each word of a pair whether it is part of a name that was recognised in its document."""
    spans = (np.frombuffer(part.column(f"{side}_{COLUMN}")[sides.row].as_py(), np.int32) for side in ("a", "b"))
    a, b = (
        words_in_names(words, own.reshape(-1, 2), language)
        for own, (language, _, words) in zip(spans, sides.texts, strict=True)
    )
    return a, b


def words_in_names(words: Words, spans: NDArray[np.int32], language: str | None) -> NDArray[np.bool_]:
    """Say of each word whether it is part of a recognised name.

    Pipelines take articles into a name, *the Senate*; these are left out at its edges, unless a capital says that
    they belong to it or nothing else is left.
    """
    if not len(spans):
        return np.zeros(len(words), bool)
    first = np.searchsorted(words.end, spans[:, 0], "right")
    last = np.searchsorted(words.start, spans[:, 1], "left")
    some = first < last
    first, last = first[some], last[some]
    loose = among(words.word, function_words(language, LOOSE)) & (words.flags & (LOWERCASE | SENTENCE | FIRST) != 0)
    for _ in range(EDGE):
        first = first + (loose[first] & (last - first > 1))
        last = last - (loose[last - 1] & (last - first > 1))
    edges = np.zeros(len(words) + 1, np.int64)
    np.add.at(edges, first, 1)
    np.add.at(edges, last, -1)
    held: NDArray[np.bool_] = np.cumsum(edges)[:-1] > 0
    return held


def _recognise(part: pa.Table, name: str) -> pa.Table:
    pipeline = _pipeline(name)
    languages = part.column("language").to_pylist()
    known = [pipeline.lang in (language, EVERY_LANGUAGE) for language in languages]
    texts = part.column("text")
    spans = [_spans(texts[row].as_py(), pipeline) if asked else b"" for row, asked in enumerate(known)]
    what = f"documents in another language than the pipeline's ({pipeline.lang}): names by their capitals alone"
    return schemas.remark(
        part.append_column(COLUMN, pa.array(spans, pa.large_binary())),
        notes=[{"stage": "changes", "what": what, "count": known.count(False)}],
    )


def _spans(text: str, pipeline: Language) -> bytes:
    """Return the names in a text, from and to."""
    found: list[tuple[int, int]] = []
    for start, end in pieces(text, min(PIECE, pipeline.max_length)):
        # one text at a time, not in batches: the size of a batch changes the last bits of what a network weighs;
        # the lock, as spaCy promises nothing to threads, and the zone frees the words of documents long gone
        with _reading, pipeline.memory_zone():
            entities = pipeline(text[start:end]).ents
            found += [(start + e.start_char, start + e.end_char) for e in entities if e.label_.upper() in KINDS]
    return np.array(found, np.int32).tobytes()


def pieces(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Yield from and to of pieces of a text, cut after a paragraph, else a line, else a blank."""
    start = 0
    while len(text) - start > longest:
        cuts = (text.rfind(sign, start, start + longest) + len(sign) for sign in ("\n\n", "\n", " "))
        end = next((cut for cut in cuts if cut > start + 1), start + longest)
        yield start, end
        start = end
    yield start, len(text)


@once
def _pipeline(name: str) -> Language:
    """Load a pipeline, with nothing at work in it but what finds names."""
    try:
        import spacy
    except ImportError as error:
        raise OptionError(
            f"names are to be found by the spaCy pipeline {name!r}, and spaCy is not installed ({cause(error)}).",
            where="ChangeOptions, names",
            mend="pip install 'stemmata[spacy]', or leave the option out: names are then told by their capitals.",
        ) from error
    try:
        pipeline: Language = spacy.load(name)
    except Exception as error:  # a pipeline brings code and files of others
        there = spacy.util.is_package(name) or os.path.exists(name)
        raise OptionError(
            f"the spaCy pipeline {name!r} {f'cannot be loaded ({cause(error)}).' if there else 'is not installed.'}",
            where="ChangeOptions, names",
            mend="install or save it anew, with the spaCy that is installed here."
            if there
            else f"python -m spacy download {name}, or give the path of a folder that holds a pipeline.",
        ) from error
    if not _keep_what_recognises(pipeline):
        raise OptionError(
            f"the spaCy pipeline {name!r} recognises no names.",
            where="ChangeOptions, names",
            mend="name one with a component 'ner' or an entity ruler, such as en_core_web_sm.",
        )
    return pipeline


def _keep_what_recognises(pipeline: Language) -> bool:
    """Switch off what does not help to find names, and say whether anything finds any.

    Rules, and components that we do not know, may ask for anything that stands before them: then all stays on.
    """
    factories: dict[str, str] = {name: pipeline.get_pipe_meta(name).factory for name in pipeline.pipe_names}
    vectors = {name: listeners for name in factories if (listeners := _listeners(pipeline.get_pipe(name))) is not None}
    learned = {name for name in factories if factories[name] in LEARNED}
    others = {name for name in factories if name not in vectors and factories[name] not in SPEECH | LEARNED}
    if others:
        return True
    heard = learned | {name for name, listeners in vectors.items() if learned & set(listeners)}
    for name in factories.keys() - heard:
        pipeline.disable_pipe(name)
    return any(label.upper() in KINDS for name in learned for label in pipeline.pipe_labels[name])


def _listeners(component: Any) -> list[str] | None:
    """Return the components that hear the vectors of this one; None where it is none that makes vectors."""
    listeners: list[str] | None = getattr(component, "listening_components", None)
    return listeners
