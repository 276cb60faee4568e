"""XML from strangers, as a tree: no document type, entity or other file is read.

What stands before the root is passed over, and no parser sees it. Of named entities those of HTML are known, for old
transcriptions write ``&thorn;`` and books ``&nbsp;``.
"""

from __future__ import annotations

import re
from html.entities import html5

from stemmata.errors import SourceError, cause
from stemmata.readers.encoding import glance
from stemmata.readers.page import CHUNK_BYTES, UNFIT, Element, Growth

SUBSET = r"\[(?:<!--(?s:.*?)-->|\"[^\"]*\"|'[^']*'|<(?!!--)|[^\]\"'<])*+\]"  # of entities, which are not read
PROLOG = (
    r"[\s\ufeff]*+(?:(?><\?(?s:.*?)\?>|<!--(?s:.*?)-->|"  # never tried in a second way: that takes for ever
    rf"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?:{SUBSET})?\s*>)\s*)*+"
)
BEGINNING = re.compile(PROLOG + r"(?=<(?:[\w.-]+:)?(?P<root>[\w.-]+)[\s>/])")
HEAD_BYTES = 65_536  # a licence, and paths of schemas, stand before the root
# what stands in CDATA is no entity; a section without an end is passed over once, not again from each beginning
ENTITY = re.compile(r"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)|&([A-Za-z_][\w.-]{0,60});")
KNOWN = ("amp", "lt", "gt", "quot", "apos")  # to all XML
UNKNOWN = "entities that are not known, replaced"
CHECK = "check it in an XML editor."


def root_name(data: bytes) -> str:
    """Return the name of the root of an XML file, without its prefix; nothing where the bytes begin otherwise."""
    found = BEGINNING.match(glance(data, HEAD_BYTES))
    return found["root"] if found else ""


def _own_entities(text: str) -> tuple[str, int]:
    """Return a text with named entities as characters, and how many are not known."""
    unknown = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal unknown
        if not found[1] or found[1] in KNOWN:
            return found[0]
        signs = html5.get(found[1] + ";")
        unknown += signs is None
        return "".join(f"&#{ord(sign)};" for sign in signs or "\ufffd")

    return ENTITY.sub(replace, text), unknown


def parse_xml(text: str, depth: int) -> tuple[Element, int]:
    """Return the tree of an XML file, without comments, and how many entities were not known.

    Parameters
    ----------
    text : str
        The file, decoded.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It begins otherwise, is not well-formed, nested deeper than ``depth``, or has too many elements.
    """
    from lxml.etree import XMLPullParser, XMLSyntaxError

    text = UNFIT.sub("", text)
    begins = BEGINNING.match(text)
    if not begins:
        raise SourceError("it is cut off, or what stands before its root is no XML.", mend=CHECK)
    parser = XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    blank = "\n" * text.count("\n", 0, begins.end())  # so that lines keep their numbers
    own, unknown = _own_entities(text[begins.end() :])
    data = (blank + own).encode()
    growth = Growth(depth)
    try:
        for start in range(0, len(data), CHUNK_BYTES):
            parser.feed(data[start : start + CHUNK_BYTES])
            growth.watch(parser.read_events())
        return parser.close(), unknown
    except XMLSyntaxError as error:
        raise SourceError(f"it is no well-formed XML: {cause(error)}.", mend=CHECK) from error


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
