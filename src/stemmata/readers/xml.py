"""XML of strangers: parsed from its root on, without anything that stands before it.

No document type is read, so no parser sees an entity of a file's own; of named ones those of HTML are known.
"""

from __future__ import annotations

import re
from html.entities import html5

from stemmata.errors import SourceError
from stemmata.readers.page import CHUNK_BYTES, UNFIT, Element

SUBSET = r"\[(?:<!--(?s:.*?)-->|\"[^\"]*\"|'[^']*'|<(?!!--)|[^\]\"'<])*+\]"  # of entities, which are not read
PROLOG = (
    r"[\s\ufeff]*+(?:(?><\?(?s:.*?)\?>|<!--(?s:.*?)-->|"  # never tried in a second way: that takes for ever
    rf"<!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*+(?:{SUBSET})?\s*>)\s*)*+"
)
BEGINNING = re.compile(PROLOG + r"(?=<[^\s<>!?/])")
# what stands in CDATA is no entity; a section without an end is passed over once, not again from each beginning
ENTITY = re.compile(r"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)|&([A-Za-z_][\w.-]{0,60});")
KNOWN = ("amp", "lt", "gt", "quot", "apos")  # to all XML


def parse_xml(text: str, depth: int) -> Element:
    """Return the root of an XML file, without comments and processing instructions.

    Parameters
    ----------
    text : str
        The file, decoded.
    depth : int
        How deep elements may be nested, 1 to 2,000.

    Raises
    ------
    SourceError
        It is not well-formed, or nested deeper than ``depth``.
    """
    from lxml.etree import XMLPullParser, XMLSyntaxError

    text = ENTITY.sub(_as_number, UNFIT.sub("", text))
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


def _as_number(found: re.Match[str]) -> str:
    if not found[1] or found[1] in KNOWN:
        return found[0]
    return "".join(f"&#{ord(sign)};" for sign in html5.get(found[1] + ";", "\ufffd"))
