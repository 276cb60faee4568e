"""XML as a tree, parsed from its root on: no document type, and so no entity, reaches the parser.

What stands before the root is passed over by a pattern, and nothing that the file names is fetched.
"""

from __future__ import annotations

import re

from stemmata.errors import SourceError
from stemmata.readers.encoding import glance
from stemmata.readers.page import CHUNK_BYTES, UNFIT, Element

HEAD_BYTES = 65_536  # a licence, and paths of schemas, stand before the root
SUBSET = r"\[(?:<!--(?s:.*?)-->|\"[^\"]*\"|'[^']*'|<(?!!--)|[^\]\"'<])*+\]"  # of entities, which are not read
PROLOG = (
    r"[\s\ufeff]*+(?:(?><\?(?s:.*?)\?>|<!--(?s:.*?)-->|"  # never tried in a second way: that takes for ever
    rf"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?:{SUBSET})?\s*>)\s*)*+"
)
BEGINNING = re.compile(PROLOG + r"(?=<(?:[\w.-]+:)?(?P<root>[\w.-]+)[\s>/])")


def root_name(data: bytes) -> str:
    """Return the name of the root of an XML file, without its prefix; nothing where the bytes begin otherwise."""
    found = BEGINNING.match(glance(data, HEAD_BYTES))
    return found["root"] if found else ""


def parse_xml(text: str, depth: int) -> Element:
    """Return the root of an XML file, without comments and processing instructions.

    Control characters go; named entities but the five of XML are no well-formed XML here, whoever declares them.

    Parameters
    ----------
    text : str
        The file as decoded.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It is not well-formed, or nested deeper than ``depth``.
    """
    from lxml.etree import XMLPullParser, XMLSyntaxError

    text = UNFIT.sub("", text)
    begins = BEGINNING.match(text)
    if not begins:
        raise SourceError("it is cut off, or what stands before its root is no XML.", mend="check it in an XML editor.")
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
    data = (blank + text[begins.end() :]).encode()
    deep = 0
    try:
        for start in range(0, len(data), CHUNK_BYTES):
            parser.feed(data[start : start + CHUNK_BYTES])
            for event, _ in parser.read_events():
                deep += 1 if event == "start" else -1
                if deep > depth:
                    raise SourceError(
                        f"it is nested more than {depth:,} elements deep.", mend="save its text as .txt and give that."
                    )
        return parser.close()
    except XMLSyntaxError as error:
        raise SourceError(
            f"it is no well-formed XML: {str(error)[:200]}.", mend="check it in an XML editor."
        ) from error


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
