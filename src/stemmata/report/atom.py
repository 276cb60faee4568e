"""Finds as a feed: RFC 4287, for any reader of news."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from stemmata.report.escape import REPLACEMENT, visible
from stemmata.report.found import detailed, told

GENERATOR = "<generator>stemmata</generator>"  # by which a feed of ours is known
NEVER = "1970-01-01T00:00:00+00:00"  # when a feed without entries was updated
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # signs that no XML may hold


def render_feed(finds: Sequence[Mapping[str, Any]], feed: str, library: str) -> str:
    """Return a feed, an entry for each find, with the ids that the finds have.

    Parameters
    ----------
    finds : sequence of mappings
        As :func:`stemmata.ours.find_copies` describes them, the latest first.
    feed : str
        The UUID of the feed.
    library : str
        What the library is called.
    """
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        GENERATOR,
        f"<id>urn:uuid:{feed}</id>",
        f"<title>{_text(f'Copies found by the library {library}')}</title>",
        "<author><name>stemmata</name></author>",
        f"<updated>{max((find['time'] for find in finds), default=NEVER)}</updated>",
    ]
    for find in finds:
        lines += [
            "<entry>",
            f"<id>{_text(find['id'])}</id>",
            f"<title>{_text(told(find))}</title>",
            f"<updated>{_text(find['time'])}</updated>",
            f'<content type="text">{_text(_content(find))}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _content(find: Mapping[str, Any]) -> str:
    parts = [told(find), *detailed(find)]
    parts += [f"{name}: {find[at]}" for name, at in (("File", "path"), ("Address", "address")) if find[at]]
    return "\n".join(parts)


def _text(value: str) -> str:
    return escape(_FORBIDDEN.sub(REPLACEMENT, visible(value)))
