"""From bytes to text: which encoding, and what could not be decoded."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from stemmata.errors import SourceError

MARKS = (  # UTF-32 first: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HEAD_BYTES = 4096
SAMPLE_BYTES = 200_000  # what the detectors see: enough for a verdict, little enough to be quick
SAMPLE_RUNS = 20_000  # of what is not ASCII, to judge whether it is UTF-8
ENOUGH_BYTES = 16  # that are not ASCII: with fewer, some code page fits by accident
SIGNS = bytes.fromhex("84 85 91 92 93 94 95 96 97 99 a0")  # „ … ‘ ’ “ ” • – — ™ in all code pages of Windows
RIVALS = (("cp1250", "iso8859-2"), ("cp1253", "iso8859-7"))  # alike but for some letters; often mistaken
ODD = re.compile(rb"[\x80-\xff]+")
ASCII = bytes(range(32, 127))
CONTROL = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1b"))  # ESC begins colours and the shifts of ISO 2022
CONTROL_SHARE = 0.05  # of random bytes, a tenth are control characters


@dataclass(frozen=True)
class Decoded:
    """A text and how it came about.

    Parameters
    ----------
    text : str
        The text.
    encoding : str
        The encoding, by Python's name.
    replaced : int
        How many times bytes that do not fit the encoding became U+FFFD.
    guessed : bool
        Whether the encoding is a guess from the letters.
    """

    text: str
    encoding: str
    replaced: int = 0
    guessed: bool = False

    @property
    def notes(self) -> list[dict[str, object]]:
        """What to remark on it, as rows of ``schemas.NOTES``."""
        said = {
            f"bytes that are not valid {self.encoding}, replaced": self.replaced,
            f"files that are not UTF-8, read as {self.encoding} by guess": int(self.guessed),
        }
        return [{"stage": "documents", "what": what, "count": count} for what, count in said.items()]


def decode(data: bytes) -> Decoded:
    """Decode bytes of unknown encoding; line ends stay, a byte order mark goes.

    In order: the byte order mark, the NULs of UTF-16, UTF-8, then what resiliparse and charset-normalizer
    guess. An encoding is taken if it makes sense of at least half of what is not ASCII: a few broken bytes
    in a UTF-8 file do not turn it into a code page that happens to have a character for every byte.

    Raises
    ------
    SourceError
        The bytes are binary: they hold NULs, or 5 % of them are control characters.
    """
    wide = _marked(data) or _utf16(data)
    if wide:
        text, replaced = decode_as(data, wide)
        _refuse_binary(text.encode())
        return Decoded(text, wide.removesuffix("-sig"), replaced)
    _refuse_binary(data)
    try:
        if b"\x1b$" in data[:HEAD_BYTES]:  # ISO 2022 has seven bits, and would pass for UTF-8
            return Decoded(data.decode("iso2022_jp"), "iso2022_jp")
        return Decoded(data.decode(), "utf-8")
    except UnicodeDecodeError as error:
        sample = _sample(data, error.start)
    odd = b" ".join(run[0] for run in islice(ODD.finditer(data), SAMPLE_RUNS))
    if not _fits(odd, "utf-8"):
        for encoding in _guesses(sample, odd.replace(b" ", b"")):
            if _fits(sample, encoding):
                text, replaced = decode_as(data, encoding)
                return Decoded(text, encoding, replaced, guessed=True)
    text, replaced = decode_as(data, "utf-8")
    return Decoded(text, "utf-8", replaced)


def decode_part(data: bytes, encoding: str) -> Decoded:
    """Decode a part of a file whose encoding is known; a byte order mark of UTF-8 goes."""
    text, replaced = decode_as(data.removeprefix(codecs.BOM_UTF8), encoding)
    return Decoded(text, encoding, replaced)


def glance(data: bytes, size: int = HEAD_BYTES) -> str:
    """Return the beginning of what may be a text; good enough for markup and punctuation, not for letters."""
    head = data[:size]
    return head.decode(_marked(head) or _utf16(head) or "latin-1", "ignore")


def well_formed(text: str) -> tuple[str, int]:
    """Return ``text`` with U+FFFD for lone surrogates, and how many there were; pairs become one character.

    Python's strings may hold them, from JSON or from a file's name; no Unicode encoding may.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return decode_as(text.encode("utf-16-le", "surrogatepass"), "utf-16-le")
    return text, 0


def _marked(data: bytes) -> str | None:
    return next((encoding for mark, encoding in MARKS if data.startswith(mark)), None)


def _utf16(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: each second byte is NUL or, in other alphabets, one of very few."""
    head = data[: min(HEAD_BYTES, len(data) & ~1)]
    nuls = {"utf-16-be": head[0::2].count(0), "utf-16-le": head[1::2].count(0)}
    (_, few), (encoding, many) = sorted(nuls.items(), key=lambda item: item[1])
    if few * 20 > many or not many:
        return None
    blocks = Counter(head[0::2] if encoding == "utf-16-be" else head[1::2])
    common = sum(count for _, count in blocks.most_common(3))
    return encoding if 4 * many > len(head) or (len(head) >= 40 and 10 * common >= 4 * len(head)) else None


def _refuse_binary(data: bytes) -> None:
    controls = len(data) - len(data.translate(None, CONTROL))
    if 0 in data or controls > CONTROL_SHARE * len(data):
        raise SourceError(
            "it is binary: it holds NULs or many control characters.",
            mend="give its text; if it is a text, save it as UTF-8.",
        )


def _guesses(sample: bytes, odd: bytes) -> Iterator[str]:
    """Yield encodings to try, the likeliest first; ``odd`` is what is not ASCII."""
    if not odd.translate(None, SIGNS):
        yield "cp1252"
    from resiliparse.parse.encoding import detect_encoding

    guess = detect_encoding(sample, max_len=SAMPLE_BYTES)
    if guess and guess != "utf-8" and _keeps_ascii(guess):  # UTF-8 is also its answer when it has none
        rivals = next((pair for pair in RIVALS if guess in pair), (guess,))
        yield max(rivals, key=lambda rival: (_letters(sample, rival), rival == guess))
    if len(odd) < ENOUGH_BYTES:
        return
    import charset_normalizer

    best = charset_normalizer.from_bytes(sample).best()
    if best and _keeps_ascii(best.encoding):
        yield best.encoding


def _keeps_ascii(encoding: str) -> bool:
    """Tell whether Python knows the encoding, and it is none of those of mainframes."""
    try:
        return ASCII.decode(encoding) == ASCII.decode()
    except (LookupError, UnicodeDecodeError):
        return False


def _letters(data: bytes, encoding: str) -> int:
    return sum(character.isalpha() for character in data.decode(encoding, "ignore"))


def _sample(data: bytes, odd: int) -> bytes:
    """Return a part of the bytes from shortly before ``odd``, if possible from the beginning of a line."""
    start = max(data.rfind(b"\n", 0, odd) + 1, odd - SAMPLE_BYTES // 100)
    return data[start : start + SAMPLE_BYTES]


def _fits(data: bytes, encoding: str) -> bool:
    """Tell whether the encoding makes sense of at least half of what is not ASCII."""
    _, replaced = decode_as(data, encoding)
    kept = data.decode(encoding, "ignore")
    return replaced <= len(kept) - len(kept.encode("ascii", "ignore"))


def decode_as(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text, and how many times U+FFFD replaces what does not fit the encoding."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
