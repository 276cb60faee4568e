"""What PDF files say of the files that they were saved and made from."""

import time

import pytest

from stemmata.readers.pdf import read_pdf
from stemmata.readers.pdf_lineage import LONGEST, read_lineage
from tests.pdfs import column, pdf

FIRST, SECOND = bytes.fromhex("05933cf7608b8ce66e331978e87a018d"), bytes.fromhex("41bb46120151253110b16177a971296c")
KILN, DRAFT = "xmp.did:7c1d5a0e-90b4-4f6e-8d0b-3f1f0a6f2e51", "xmp.did:2f64c9e8-1b7a-4c35-a0d9-5e8b7c6d4f32"
SAVE, EARLIER = "xmp.iid:0b5f7a4c-6d53-4b7c-9f0e-7a1d93e2c6b8", "xmp.iid:e41b9d27-58c3-4a06-b7f5-2c9a1d8e6f03"
SPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
    'xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"'
)


def packet(inner: str, *, attributes: str = "", dictionary: bytes = b"<</Type/Metadata/Subtype/XML>>stream\n") -> bytes:
    """A packet of XMP as it lies in a file."""
    described = f'<rdf:Description rdf:about="" {attributes}>{inner}</rdf:Description>'
    whole = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {SPACES}>{described}</rdf:RDF></x:xmpmeta>'
    begins = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    return dictionary + f'{begins}{whole}\n{" " * 99}<?xpacket end="w"?>'.encode() + b"\nendstream\n"


def document(identifier: str) -> str:
    return f"<xmpMM:DocumentID>{identifier}</xmpMM:DocumentID>"


def read(*packets: bytes) -> list[str] | None:
    return read_lineage(b"", b"", b"%PDF-1.7\n" + b"".join(packets))


def test_the_two_ids_of_a_file_are_what_stays_and_what_changes() -> None:
    assert read_lineage(FIRST, SECOND, b"") == [f"pdf-id:{FIRST.hex()}", f"pdf-version:{SECOND.hex()}"]


def test_a_file_without_ids_has_no_lineage() -> None:
    (row,) = read_pdf(pdf([column("The kiln at Upper Sallow will be lit again in May.")])).to_pylist()
    assert row["lineage"] is None


@pytest.mark.parametrize(
    "identifier",
    [b"", b"\0" * 16, b"\xff" * 16, b"\x0f" * 16, b"short", b"x" * 4_000, bytes.fromhex("0123456789abcdef" * 2)],
    ids=["none", "noughts", "ones", "one byte", "short", "long", "counted"],
)
def test_an_id_that_identifies_nothing_is_left_out(identifier: bytes) -> None:
    """Programs that write the same into all their files would join all of them."""
    assert read_lineage(identifier, SECOND, b"") is None


def test_a_packet_names_the_document_its_save_and_what_it_was_made_from() -> None:
    source = f'<xmpMM:DerivedFrom stRef:documentID="{DRAFT}" stRef:instanceID="{EARLIER}"/>'
    original = f"<xmpMM:OriginalDocumentID>{DRAFT}</xmpMM:OriginalDocumentID>"
    saved = f'xmpMM:InstanceID="{SAVE}"'
    assert read(packet(document(KILN) + original + source, attributes=saved)) == [
        f"xmp-document:{KILN}",
        f"xmp-original:{DRAFT}",
        f"xmp-instance:{SAVE}",
        f"xmp-derived-from:{DRAFT}",
        f"xmp-derived-from:{EARLIER}",
    ]


@pytest.mark.parametrize(
    "source",
    [
        f"<xmpMM:DerivedFrom rdf:parseType='Resource'><stRef:documentID>{DRAFT}</stRef:documentID></xmpMM:DerivedFrom>",
        f"<xmpMM:DerivedFrom><rdf:Description stRef:documentID='{DRAFT}'/></xmpMM:DerivedFrom>",
        f"<xmpMM:DerivedFrom stRef:documentID='{DRAFT}'/>",
    ],
)
def test_all_ways_to_write_a_reference_are_read(source: str) -> None:
    assert read(packet(source)) == [f"xmp-derived-from:{DRAFT}"]


def test_earlier_saves_are_the_history_and_its_own_is_not() -> None:
    events = "".join(f'<rdf:li stEvt:action="saved" stEvt:instanceID="{one}"/>' for one in (EARLIER, SAVE))
    history = f"<xmpMM:History><rdf:Seq>{events}</rdf:Seq></xmpMM:History>"
    attributes = f'xmpMM:InstanceID="{SAVE}"'
    assert read(packet(history, attributes=attributes)) == [f"xmp-instance:{SAVE}", f"xmp-history:{EARLIER}"]


def test_an_original_that_is_the_document_itself_says_nothing_more() -> None:
    same = f"<xmpMM:OriginalDocumentID>{KILN}</xmpMM:OriginalDocumentID>"
    assert read(packet(document(KILN) + same)) == [f"xmp-document:{KILN}"]


def test_what_a_document_is_put_together_from_is_not_its_own() -> None:
    """Pictures that were placed in it are named as well, with ids of theirs."""
    placed = f'<xmpMM:Ingredients><rdf:Bag><rdf:li stRef:documentID="{DRAFT}"/></rdf:Bag></xmpMM:Ingredients>'
    kept = f"<xmpMM:Pantry><rdf:Bag><rdf:li>{document(DRAFT)}</rdf:li></rdf:Bag></xmpMM:Pantry>"
    assert read(packet(document(KILN) + placed + kept)) == [f"xmp-document:{KILN}"]


def test_of_several_packets_that_of_the_document_counts() -> None:
    """One says that it is a picture's, one stands within a photograph, and an old one was written before."""
    old = packet(document(EARLIER), attributes='dc:format="application/pdf"')
    own = packet(document(KILN), attributes='dc:format="application/pdf"')
    picture = packet(document(DRAFT), attributes='dc:format="image/jpeg"')
    photograph = packet(document(DRAFT), dictionary=b"\xff\xd8\xff\xe1Exif" + b"\x10" * 500)
    unsaid = packet(document(DRAFT))
    assert read(old, own, picture, photograph) == read(own) == [f"xmp-document:{KILN}"]
    assert read(own, unsaid) == read(own)
    assert read(picture, photograph) is None


@pytest.mark.parametrize(
    "damaged",
    [
        packet(document(KILN)).replace(b"</x:xmpmeta>", b""),
        packet(document(KILN)).replace(b"<?xpacket end", b"<?packet end"),
        packet(document("xmp.did:00000000-0000-0000-0000-000000000000")),
        packet(document("uuid:12345678-1234-1234-1234-123456789012")),
        packet(document("")),
        packet(document("7c1d 5a0e 90b4 4f6e")),
        packet(document("xmp.did:" + "7c1d5a0e" * 40)),
        packet(document("xmp.did:7c1d5a0e\u202e90b44f6e")),
        packet("<a>" * 60 + document(KILN) + "</a>" * 60),
        packet(document(KILN) + " " * LONGEST),
        packet(document("&kiln;")).replace(
            b"<x:xmpmeta", b"<!DOCTYPE x [<!ENTITY kiln 'xmp.did:7c1d5a0e90b4'>]><x:xmpmeta"
        ),
    ],
    ids=[
        *("cut off", "no end", "noughts", "a sample", "nothing", "spaces", "long", "signs that turn a line", "deep"),
        *("large", "an entity"),
    ],
)
def test_a_packet_that_is_damaged_or_says_nothing_is_passed_over(damaged: bytes) -> None:
    """An id is a word of plain letters; what else stands there could be anything."""
    assert read(damaged) is None


def test_many_packets_and_references_cost_no_more_than_some() -> None:
    """A hostile file has a million beginnings, and a document of a hundred thousand sources."""
    started = time.process_time()
    begun = b"<?xpacket begin" * 200_000
    sources = "".join(f"<stRef:documentID>{DRAFT[:-6]}{n:06}</stRef:documentID>" for n in range(3_000))
    own = packet(f"<xmpMM:DerivedFrom>{sources}</xmpMM:DerivedFrom>")
    assert read(begun) is None
    assert len(read(own) or []) == 1  # of one element each once
    references = "".join(f'<rdf:li stEvt:instanceID="{SAVE[:-6]}{n:06}"/>' for n in range(3_000))
    history = read(packet(f"<xmpMM:History><rdf:Seq>{references}</rdf:Seq></xmpMM:History>"))
    assert history is not None
    assert len(history) == 100
    assert history[-1].endswith("002999")
    assert time.process_time() - started < 5
