"""A collation as a critical apparatus in TEI P5, by the method of parallel segmentation.

White space stands where it is part of the text, and elsewhere only between elements that hold no text: who takes, from
beginning to end, what stands outside the apparatus and the reading of a witness in it, has the text of that witness. An
entry's lemma is what most witnesses read, of equals the first witness; it is no judgement. Where a witness is missing,
its reading is a ``lacunaStart``; it is named in no entry until one in which its reading begins with a ``lacunaEnd``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa

from stemmata import schemas
from stemmata.collating.collation import Collation
from stemmata.interchange.graphml import DECLARATION
from stemmata.interchange.places import by_place
from stemmata.interchange.signs import apart, plain, spaced, xml_attribute, xml_text

_LETTERS = "A-Za-zΑ-ΡΣ-Ωα-ωא-ת"
_NAME = re.compile(rf"[{_LETTERS}_][{_LETTERS}0-9_.\-]*")  # of those that XML allows for an id
_START, _END = "<lacunaStart/>", "<lacunaEnd/>"


def render_tei(collation: Collation, documents: pa.Table | None = None, lost: Collection[str] = ()) -> str:
    """Return a TEI document.

    Parameters
    ----------
    collation : Collation
        An entry is a place where witnesses differ, or one begins or ends to be missing.
    documents : pyarrow.Table, optional
        Sigla and titles of the witnesses.
    lost : collection of str
        Witnesses that are no documents, but lost copies: they are left out.
    """
    kept = [n for n, name in enumerate(collation.witnesses) if name not in lost]
    names = [collation.witnesses[n] for n in kept]
    places = {name: f"w{n}" for n, name in enumerate(names, 1)}
    plainly = [name for name in names if _NAME.fullmatch(name)]
    ids = apart(
        [*plainly, *(name for name in names if not _NAME.fullmatch(name))],
        lambda name: name if _NAME.fullmatch(name) else places[name],
        mark="_{}",
    )
    pointers = [f"#{ids[name]}" for name in names]
    rows = ([row[n] for n in kept] for row in by_place(collation))
    text = "".join(_text(rows, pointers)) if names else ""
    return "\n".join(
        [
            DECLARATION,
            '<TEI xmlns="http://www.tei-c.org/ns/1.0">',
            "  <teiHeader>",
            "    <fileDesc>",
            "      <titleStmt><title>Collation</title></titleStmt>",
            "      <publicationStmt><p>Made by stemmata.</p></publicationStmt>",
            "      <sourceDesc>",
            *_witnesses(names, ids, documents),
            "      </sourceDesc>",
            "    </fileDesc>",
            "    <encodingDesc>",
            '      <variantEncoding method="parallel-segmentation" location="internal"/>',
            "    </encodingDesc>",
            "  </teiHeader>",
            "  <text>",
            "    <body>",
            f"      <ab>{text}</ab>",
            "    </body>",
            "  </text>",
            "</TEI>",
            "",
        ]
    )


def _witnesses(names: Sequence[str], ids: Mapping[str, str], documents: pa.Table | None) -> list[str]:
    if not names:
        return ["        <p>No witnesses.</p>"]
    known = {}
    if documents is not None:
        table = schemas.DOCUMENTS.only("doc", "siglum", "title").check(documents)
        known = {row["doc"]: row for row in table.to_pylist()}
    lines = ["        <listWit>"]
    for name in names:
        siglum = known.get(name, {}).get("siglum") or name
        title = known.get(name, {}).get("title")
        said = f'<abbr type="siglum">{xml_text(plain(siglum))}</abbr>'
        said += f" <title>{xml_text(plain(title))}</title>" if title else ""
        lines.append(f'          <witness xml:id="{ids[name]}" n={xml_attribute(name)}>{said}</witness>')
    return [*lines, "        </listWit>"]


def _text(rows: Iterable[list[str | None]], pointers: Sequence[str]) -> Iterator[str]:
    """Yield the text, place by place."""
    gone = [False] * len(pointers)
    for row in rows:
        contents: dict[str, list[str]] = {}
        for n, reading in enumerate(row):
            if reading is None and not gone[n]:
                contents.setdefault(_START, []).append(pointers[n])
            elif reading is not None:
                back = _END if gone[n] else ""
                contents.setdefault(back + xml_text(spaced(reading)), []).append(pointers[n])
            gone[n] = reading is None
        if len(contents) > 1 or _START in contents or any(said.startswith(_END) for said in contents):
            yield _entry(contents)
        else:
            yield from contents


def _entry(contents: Mapping[str, Sequence[str]]) -> str:
    lemma = max(contents, key=lambda said: (said != _START, len(contents[said])))
    readings = {lemma: contents[lemma]} | dict(contents)
    lines = ["<app>"]
    for said, by in readings.items():
        name = "lem" if said == lemma != _START else "rdg"
        opened = f'  <{name} wit="{" ".join(by)}"'
        lines.append(f"{opened}>{said}</{name}>" if said else f"{opened}/>")
    return "\n        ".join([*lines, "</app>"])
