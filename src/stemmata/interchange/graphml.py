"""Stemmata as GraphML, and as GEXF 1.3: one directed graph, in which members name their family.

Ids are ``n1``, ``n2``, …, since neither format allows any text there; names stand in ``doc``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemmata.interchange.lineage import Branch, Lineage, Member
from stemmata.interchange.signs import number, xml_attribute, xml_text

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
OF_MEMBERS = {  # and the types of their values
    "doc": "string",
    "family": "string",
    "role": "string",
    "confidence": "double",
    "title": "string",
    "published": "string",
}
OF_BRANCHES = {"kind": "string", "confidence": "double", "second": "boolean"}


def render_graphml(lineage: Lineage) -> str:
    """Return a GraphML document."""
    ids = _ids(lineage)
    lines = [DECLARATION, '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    for over, names in (("node", OF_MEMBERS), ("edge", OF_BRANCHES)):
        lines += [
            f'  <key id="{over}_{name}" for="{over}" attr.name="{name}" attr.type="{type_}"/>'
            for name, type_ in names.items()
        ]
    lines.append('  <graph id="stemma" edgedefault="directed">')
    for member in lineage.members:
        data = _data("node", _of_member(member))
        lines += [f'    <node id="{ids[member.doc]}">', *data, "    </node>"]
    for n, branch in enumerate(lineage.branches, 1):
        ends = f'source="{ids[branch.source]}" target="{ids[branch.copy]}"'
        lines += [f'    <edge id="e{n}" {ends}>', *_data("edge", _of_branch(branch)), "    </edge>"]
    return "\n".join([*lines, "  </graph>", "</graphml>", ""])


def render_gexf(lineage: Lineage) -> str:
    """Return a GEXF document."""
    ids = _ids(lineage)
    lines = [
        DECLARATION,
        '<gexf xmlns="http://gexf.net/1.3" version="1.3">',
        "  <meta>",
        "    <creator>stemmata</creator>",
        "  </meta>",
        '  <graph mode="static" defaultedgetype="directed">',
    ]
    for over, names in (("node", OF_MEMBERS), ("edge", OF_BRANCHES)):
        lines.append(f'    <attributes class="{over}">')
        lines += [f'      <attribute id="{name}" title="{name}" type="{type_}"/>' for name, type_ in names.items()]
        lines.append("    </attributes>")
    lines.append("    <nodes>")
    for member in lineage.members:
        lines.append(f'      <node id="{ids[member.doc]}" label={xml_attribute(member.doc)}>')
        lines += [*_values(_of_member(member)), "      </node>"]
    lines += ["    </nodes>", "    <edges>"]
    for n, branch in enumerate(lineage.branches, 1):
        lines.append(f'      <edge id="e{n}" source="{ids[branch.source]}" target="{ids[branch.copy]}">')
        lines += [*_values(_of_branch(branch)), "      </edge>"]
    return "\n".join([*lines, "    </edges>", "  </graph>", "</gexf>", ""])


def _ids(lineage: Lineage) -> dict[str, str]:
    return {member.doc: f"n{n}" for n, member in enumerate(lineage.members, 1)}


def _of_member(member: Member) -> Iterator[tuple[str, str]]:
    for name in OF_MEMBERS:
        value = getattr(member, name)
        if value not in (None, ""):
            yield name, number(value) if name == "confidence" else value


def _of_branch(branch: Branch) -> Iterator[tuple[str, str]]:
    if branch.kind is not None:
        yield "kind", branch.kind
    if branch.confidence is not None:
        yield "confidence", number(branch.confidence)
    yield "second", str(branch.second).lower()


def _data(over: str, values: Iterable[tuple[str, str]]) -> list[str]:
    return [f'      <data key="{over}_{name}">{xml_text(value)}</data>' for name, value in values]


def _values(values: Iterable[tuple[str, str]]) -> list[str]:
    lines = [f'          <attvalue for="{name}" value={xml_attribute(value)}/>' for name, value in values]
    return ["        <attvalues>", *lines, "        </attvalues>"]
