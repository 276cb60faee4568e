"""What a PDF says of the files that it was saved and made from: the ids of its trailer, and of its XMP packet.

The packet is looked for among the bytes, where it lies plain so that those who do not know PDF can read it; pdfium
shows none. Of several, such as those of pictures, that of the document counts, and of it the last that was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from stemmata.errors import SourceError
from stemmata.readers.page import Element
from stemmata.readers.properties import is_filler
from stemmata.readers.xmltree import parse_xml

BEGINS, ENDS = b"<?xpacket begin", b"<?xpacket end"
DICTIONARY = re.compile(rb"/Type\s*/Metadata\b")  # before a packet; that of a photograph stands within its data
BEFORE = 400  # bytes among which it does
LONGEST = 262_144  # bytes of a packet
MOST_PACKETS = 40  # that are looked at, from the end
DEPTH = 40
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FORMAT = "{http://purl.org/dc/elements/1.1/}format"
MANAGED = b"http://ns.adobe.com/xap/1.0/mm/"
MM = f"{{{MANAGED.decode()}}}"
REFERENCE = "{http://ns.adobe.com/xap/1.0/sType/ResourceRef#}"
EVENT = "{http://ns.adobe.com/xap/1.0/sType/ResourceEvent#}"
PDF = "application/pdf"
ID = re.compile(r"[!-~]{8,200}")
BYTES = range(8, 65)  # of an id in the trailer
MOST = 100  # references, and events of a file's history, of which the newest count


def read_lineage(permanent: bytes, changing: bytes, data: bytes) -> list[str] | None:
    """Return identifiers for the column ``lineage``; None where there are none.

    Those of the trailer are ``pdf-id``, which stays when a file is saved again, and ``pdf-version``, which changes and
    is at first the same. Those of XMP are ``xmp-document`` and ``xmp-instance``, which are alike; ``xmp-original``,
    where that is another document; ``xmp-derived-from``, documents and instances that the file was made from; and
    ``xmp-history``, its earlier saves. What identifies nothing (:func:`properties.is_filler`) is left out.

    Parameters
    ----------
    permanent, changing : bytes
        The two ids of the trailer; empty where there are none.
    data : bytes
        The file.
    """
    found = []
    if len(permanent) in BYTES and not is_filler(permanent.hex()):
        found.append(f"pdf-id:{permanent.hex()}")
        if len(changing) in BYTES and not is_filler(changing.hex()):
            found.append(f"pdf-version:{changing.hex()}")
    return list(dict.fromkeys([*found, *_managed(_described(data))])) or None


def _managed(described: list[Element]) -> Iterator[str]:
    """Yield what the descriptions of a document say of how its file is managed."""
    documents, originals, instances = (
        list(_own(described, MM + name)) for name in ("DocumentID", "OriginalDocumentID", "InstanceID")
    )
    sources = (_within(described, "DerivedFrom", REFERENCE + name) for name in ("documentID", "instanceID"))
    history = list(dict.fromkeys(_within(described, "History", EVENT + "instanceID")))
    yield from (f"xmp-document:{one}" for one in documents)
    yield from (f"xmp-original:{one}" for one in originals if one not in documents)
    yield from (f"xmp-instance:{one}" for one in instances)
    yield from (f"xmp-derived-from:{one}" for one in list(dict.fromkeys(chain(*sources)))[:MOST])
    yield from (f"xmp-history:{one}" for one in history[-MOST:] if one not in instances)


def _described(data: bytes) -> list[Element]:
    """Return the descriptions in the packet of a document; none where it has no packet, or one that is damaged."""
    begin = len(data)
    undecided: list[Element] = []
    for _ in range(MOST_PACKETS):
        begin = data.rfind(BEGINS, 0, begin)
        if begin < 0:
            break
        end = data.find(ENDS, begin, begin + LONGEST)
        if end < 0 or data.find(MANAGED, begin, end) < 0 or not DICTIONARY.search(data, max(0, begin - BEFORE), begin):
            continue
        try:
            tree, _ = parse_xml(data[begin:end].decode("utf-8", "replace"), DEPTH)
        except SourceError:
            continue
        described = [one for root in tree.iter(RDF + "RDF") for one in root if one.tag == RDF + "Description"]
        stated = [said for one in described for said in (one.get(FORMAT), one.findtext(FORMAT)) if said]
        if PDF in map(str.strip, stated):
            return described
        if not stated:
            undecided = undecided or described
    return undecided


def _own(described: list[Element], name: str) -> Iterator[str]:
    """Yield what a property says, an element or an attribute."""
    return _told(said for one in described for said in (one.get(name), one.findtext(name)))


def _within(described: list[Element], kind: str, name: str) -> Iterator[str]:
    """Yield what parts of a property say, elements or attributes at any depth."""
    parts = (part for one in described for whole in one.findall(MM + kind) for part in whole.iter())
    return _told(said for part in parts for said in (part.get(name), part.findtext(name)))


def _told(values: Iterable[str | None]) -> Iterator[str]:
    for value in values:
        one = (value or "").strip()
        if ID.fullmatch(one) and not is_filler(one.rpartition(":")[2]):
            yield one
