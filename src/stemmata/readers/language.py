"""Which language a text is in.

Model and answers are those of py3langid. Of many texts a kernel gives them; what it leaves open, py3langid decides.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from itertools import islice
from operator import length_hint
from typing import Any, NamedTuple, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from stemmata.buffers import text_slices, text_views
from stemmata.once import once

SAMPLE_CHARACTERS = 20_000
FEWEST_LETTERS = 20
LEAST_SHARE = 0.6  # of the probability over all languages; keyboard noise and lists of names stay below
FEW = 200  # texts of which py3langid is asked itself: to lay out its model for the kernel takes as long
BYTES_AT_ONCE = 4_000_000  # of texts; what is prepared of them are copies
LANES = 64  # a feature has as many weights, or a multiple
NONE = -1  # no language, where they are numbers

_few = iter(range(FEW))  # what is left of them in this process


def identify_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the language of a text; see :func:`identify_languages`."""
    return cast("str | None", _codes(_of_samples([text[:SAMPLE_CHARACTERS]]))[0].as_py())


def identify_languages(texts: pa.Array[Any] | pa.ChunkedArray[Any]) -> pa.ChunkedArray[Any]:
    """Return the ISO 639-1 code of the language of each text, judged by its first 20,000 characters.

    None where there are fewer than 20 letters, or where no language has 0.6 of the probability.

    Parameters
    ----------
    texts : pyarrow.Array or ChunkedArray of string or large_string
        Without nulls.

    References
    ----------
    Lui and Baldwin, langid.py: An Off-the-shelf Language Identification Tool, ACL 2012; as py3langid.
    """
    parts = text_slices(pa.table({"text": texts}), BYTES_AT_ONCE)
    return pa.chunked_array([_codes(_of_column(part.column("text"))) for part in parts], pa.string())


def _of_column(texts: pa.ChunkedArray[Any]) -> NDArray[np.int64]:
    """Return the numbers of the languages of texts; NONE where there is none."""
    if len(texts) <= length_hint(_few):
        return _of_samples(pc.utf8_slice_codeunits(texts, 0, SAMPLE_CHARACTERS).to_pylist())
    from stemmata.kernels.identification import cut_samples

    data, offsets = text_views(texts)
    ends, plain = np.empty(len(texts), np.int64), np.empty(len(texts), np.bool_)
    cut_samples(data, offsets, SAMPLE_CHARACTERS, FEWEST_LETTERS, ends, plain)

    def sample(row: int) -> str:
        return data[offsets[row] : ends[row]].tobytes().decode()

    found = np.full(len(texts), NONE)
    rows, others = np.flatnonzero(plain), np.flatnonzero(~plain)
    found[rows] = _found(data, offsets[rows], ends[rows], lambda at: sample(rows[at]))
    found[others] = _of_samples([sample(row) for row in others.tolist()])
    return found


def _of_samples(samples: Sequence[str]) -> NDArray[np.int64]:
    """Return the numbers of the languages of samples, once these are brought into the form that the model knows."""
    prepared = {at: own for at, sample in enumerate(samples) if (own := _prepared(sample)) is not None}
    rows, edges = list(prepared), np.cumsum([0, *map(len, prepared.values())])
    found = np.full(len(samples), NONE)
    data = np.frombuffer(b"".join(prepared.values()), np.uint8)
    found[rows] = _found(data, edges[:-1], edges[1:], lambda at: samples[rows[at]])
    return found


def _prepared(sample: str) -> bytes | None:
    """Return the bytes of a text as py3langid looks at them; None where letters are too few."""
    if next(islice(filter(str.isalpha, sample), FEWEST_LETTERS - 1, None), None) is None:
        return None
    if sample.isupper():
        sample = sample.lower()
    return unicodedata.normalize("NFC", sample).encode("utf-8", "surrogatepass")


def _found(
    data: NDArray[np.uint8], begins: NDArray[np.int64], ends: NDArray[np.int64], sample: Callable[[int], str]
) -> NDArray[np.int64]:
    """Return the numbers of the languages of texts that are prepared; ``sample`` gives one as it was."""
    found = np.empty(len(begins), np.int64)
    asked = len(list(islice(_few, len(begins))))
    open_ = [*range(asked)]
    if asked < len(begins):
        from stemmata.kernels.identification import OPEN, identify

        identify(data, begins[asked:], ends[asked:], *_automaton(), *_weights(), LEAST_SHARE, found[asked:])
        open_ += np.flatnonzero(found == OPEN).tolist()
    for at in open_:
        language, share = _identifier().classify(sample(at))
        found[at] = _identifier().nb_classes.index(language) if share >= LEAST_SHARE else NONE
    return found


def _codes(found: NDArray[np.int64]) -> pa.Array[Any]:
    if (found == NONE).all():
        return pa.nulls(len(found), pa.string())
    codes = [code if len(code) == 2 else None for code in _identifier().nb_classes]
    return pa.array(codes, pa.string()).take(pa.array(found, mask=found == NONE))


@once
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in identifier.labels if len(code) == 2 or code == "zxx"])
    return identifier  # zxx: no language at all


class _Automaton(NamedTuple):
    """What finds features in bytes, as :func:`stemmata.kernels.identification.identify` takes it."""

    moves: NDArray[np.uint32]
    first: int
    rows: int
    magic: int


class _Weights(NamedTuple):
    """What features say of languages, as it takes that."""

    weights: NDArray[np.uint8]
    step: float
    priors: NDArray[np.float32]
    folded: NDArray[np.int64]


@once
def _automaton() -> _Automaton:
    from stemmata.kernels.identification import SHIFT

    row = np.asarray(_identifier().tk_row, np.uint64)
    feature = (np.asarray(_identifier().tk_output, np.int64) + 1).astype(np.uint64)
    rows = int(row.max()) + 1
    move, magic = row + np.uint64(rows) * feature, (1 << int(SHIFT)) // rows + 1
    if move.max() >> np.uint64(32) or ((move * np.uint64(magic)) >> SHIFT != feature).any():
        raise OverflowError("py3langid's automaton has more rows or features than the kernel can write as a number")
    return _Automaton(move.astype(np.uint32)[np.asarray(_identifier().tk_nextmove)], int(row[0]), rows, magic)


@once
def _weights() -> _Weights:
    own, languages = _identifier().nb_ptc, _identifier().nb_classes
    bits = own.view(np.uint16)
    there = np.zeros(1 << 16, np.bool_)
    there[bits] = True
    numbers = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
    least, most = float(numbers[there].min()), float(numbers[there].max())
    step = (most - least) / 255
    byte = np.zeros(1 << 16, np.uint8)
    byte[there] = np.round((numbers[there] - least) / step)
    weights = np.zeros((len(own) + 1, -(-len(languages) // LANES) * LANES), np.uint8)
    weights[1:, : len(languages)] = byte[bits]  # of feature 0, which is none, zeros
    folded = np.array([languages.index(language) for language in languages])
    return _Weights(weights, step, _identifier().nb_pc, folded)
