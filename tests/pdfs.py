"""A small writer of PDF files, for tests: lines of Helvetica at places of our choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import wrap

WIDTH, HEIGHT = 595, 842  # points, of a page of A4
LOCKED = f"/Filter /Standard /V 1 /R 2 /P -4 /O <{'5A' * 32}> /U <{'A5' * 32}>"  # of no password that opens it
IMAGE = b"q 500 0 0 700 47 71 cm /Scan Do Q"

Line = tuple[float, float, str]  # how far from the left and from the bottom of the page, in points; the text


def pdf(
    pages: Sequence[Sequence[Line]],
    *,
    size: float = 10,
    info: Mapping[str, str] | None = None,
    locked: str = "",
    rotate: int = 0,
    drawn: bytes = b"",
) -> bytes:
    """Return a PDF file.

    Parameters
    ----------
    pages : sequence of sequences of Line
        The lines of each page, in the order in which they are to stand in the file. A page without lines
        is an image, as from a scanner.
    size : float
        Of the letters, in points.
    info : mapping, optional
        What the document says of itself: Title, Author, CreationDate.
    locked : str, optional
        The entries of a dictionary of encryption, such as ``LOCKED``.
    rotate : int
        By how many degrees a viewer is to turn the pages.
    drawn : bytes
        Operators that draw something more on each page, after its lines; the font is ``/F``, an image ``/Scan``.
    """
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< " + b" ".join(b"/%s %s" % (key.encode(), _string(value)) for key, value in (info or {}).items()) + b" >>",
        _stream(
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\xcc"
        ),
    ]
    for n, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} /Contents {7 + 2 * n} 0 R "
            "/Resources << /Font << /F 3 0 R >> /XObject << /Scan 5 0 R >> >> >>".encode()
        )
        shown = [b"BT /F %g Tf %g %g Td %s Tj ET" % (size, x, y, _string(text)) for x, y, text in lines] or [IMAGE]
        objects.append(_stream("", b"\n".join([*shown, drawn] if drawn else shown)))
    return _file(objects, f"/Root 1 0 R /Info 4 0 R{f' /Encrypt << {locked} >>' if locked else ''}")


def column(
    text: str, *, left: float = 72, top: float = 760, letters: int = 80, leading: float = 12, gap: float = 18
) -> list[Line]:
    """Return a text as lines of so many letters, its paragraphs (at blank lines) parted by a gap, in points."""
    lines: list[Line] = []
    for paragraph in text.split("\n\n"):
        rows = wrap(paragraph, letters, break_on_hyphens=False)
        lines += [(left, top - leading * n, row) for n, row in enumerate(rows)]
        top -= leading * (len(rows) - 1) + gap
    return lines


def _string(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(" + escaped.encode("cp1252") + b")"


def _stream(entries: str, data: bytes) -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for n, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (n, one)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} {trailer} >>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()
