r"""Stemmata as DOT, for Graphviz and for whoever compares stemmata.

Lost copies have ``class=hypothetical``, texts at hand ``class=extant``, and branches from second parents are dashed.
The id of a node is that of its document. One that DOT cannot write as it stands (with ``"``, ``\``, a control sign or
an entity of HTML in it) is called ``document 7``, and its label is the id.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stemmata.interchange.lineage import Branch, Lineage, Member
from stemmata.interchange.signs import apart, number, plain

_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|&#?\w+;|\A\Z')


def render_dot(lineage: Lineage) -> str:
    """Return one directed graph, in which each of several families is a cluster."""
    ids = _ids(member.doc for member in lineage.members)
    lines = ["digraph stemma {", "  node [shape=box];"]
    families = lineage.families
    for n, (family, members) in enumerate(families.items(), 1):
        alone = len(families) == 1
        if not alone:
            lines += [f"  subgraph cluster_{n} {{", f"    label={_label(family)};"]
        lines += [f"{'  ' if alone else '    '}{_node(member, ids)}" for member in members]
        lines += [] if alone else ["  }"]
    lines += [f"  {_node(member, ids)}" for member in lineage.members if not member.family]
    lines += [f"  {_edge(branch, ids)}" for branch in lineage.branches]
    return "\n".join([*lines, "}", ""])


def _ids(docs: Iterable[str]) -> dict[str, str]:
    docs = list(docs)
    safe = [doc for doc in docs if not _UNSAFE.search(doc)]
    places = {doc: place for place, doc in enumerate(docs, 1)}
    return apart(
        [*safe, *(doc for doc in docs if doc not in set(safe))],
        lambda doc: f"document {places[doc]}" if _UNSAFE.search(doc) else doc,
    )


def _node(member: Member, ids: dict[str, str]) -> str:
    said = {"class": "hypothetical" if member.lost else "extant", "role": member.role}
    if ids[member.doc] != member.doc:
        said["label"] = _label(member.doc)
    if member.confidence is not None and member.parent is None:
        said["confidence"] = number(member.confidence)
    if member.title:
        said["tooltip"] = _label(member.title)
    if member.lost:
        said["style"] = "dashed"
    return f'"{ids[member.doc]}"{_attributes(said)};'


def _edge(branch: Branch, ids: dict[str, str]) -> str:
    said = {}
    if branch.confidence is not None:
        said["confidence"] = number(branch.confidence)
    if branch.kind:
        said["kind"] = branch.kind
    if branch.second:
        said["style"] = "dashed"
    return f'"{ids[branch.source]}" -> "{ids[branch.copy]}"{_attributes(said)};'


def _attributes(said: dict[str, str]) -> str:
    return f" [{', '.join(f'{name}={value}' for name, value in said.items())}]" if said else ""


def _label(text: str) -> str:
    """Quote what Graphviz shows: it reads escapes and entities there."""
    shown = text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    lines = "\\n".join(plain(line) for line in shown.split("\n"))
    return f'"{lines}"'
