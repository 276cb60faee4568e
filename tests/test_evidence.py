"""Evidence on two documents: what is in the pack, what is not, and that it can be handed over."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import stemmata as st
from stemmata import Text
from stemmata.errors import FolderError, MissingSource, OptionError
from stemmata.redaction import BLOCK
from tests import web_archives
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.conftest import Run

OURS, THEIRS, THIRD = "ours/ferry.html", "theirs/page.txt", "elsewhere/zanzibar.txt"
OWN_A = "Zebrafish larvae hatched in the aquarium of Quillon, where Xiomara Pfeffer counts them every Thursday."
OWN_B = "Marmalade was judged in Ormskirk by Thaddeus Wolverton, who gave the wobbliest jar a ribbon of purple silk."
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in FERRY.split("\n\n"))
PAGE = (
    "<html><head><title>Ferry stays, says Quaglia</title><meta name='author' content='Ilse Brandt'>"
    "<meta property='article:published_time' content='2026-03-01T08:00:00Z'></head>"
    f"<body><article><h1>Ferry stays, says Quaglia</h1>{PARAGRAPHS}<p>{OWN_A}</p></article></body></html>"
)
WORDS = re.compile(r"[A-Z][a-z]{6,}")
OWN_WORDS = {word for text in (OWN_A, OWN_B, "Quaglia") for word in WORDS.findall(text)}
Files = dict[str, bytes]


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our page, their spun copy of it with a text of their own beside, a third copy and a stranger."""
    folder = tmp_path_factory.mktemp("pile")
    for name, text in ((OURS, PAGE), (THEIRS, f"{FERRY_SPUN}\n{OWN_B}\n"), (THIRD, FERRY), ("x/orchard.txt", ORCHARD)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def library(pile: Path, tmp_path_factory: pytest.TempPathFactory) -> st.Library:
    """A library of them."""
    library = st.Library(tmp_path_factory.mktemp("library") / "library")
    library.add(pile)
    return library


@pytest.fixture(scope="module")
def packs(library: st.Library, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Files]:
    """The files of each sort of pack on our page and their text."""
    folder = tmp_path_factory.mktemp("packs")
    sorts: dict[str, dict[str, Any]] = {
        "whole": {},
        "redacted": {"redact_others": True},
        "undirected": {"direction": False},
        "both": {"redact_others": True, "direction": False},
    }
    return {
        sort: unpacked(library.evidence(OURS, THEIRS, folder / f"{sort}.zip", **said).path)
        for sort, said in sorts.items()
    }


def unpacked(pack: Path) -> Files:
    """All files of a pack, which is whole."""
    assert st.verify_pack(pack).differs == []
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(files: Files, name: str) -> Any:
    """A JSON file of a pack."""
    return json.loads(files[name])


class _Seen(HTMLParser):
    """What of a page is shown, and which elements and attributes it has."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self._within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._within = tag
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        if self._within not in ("style", "script"):
            self.text.append(data)


def seen(page: bytes) -> _Seen:
    """A page as a browser takes it."""
    parser = _Seen()
    parser.feed(page.decode())
    return parser


def shown(page: bytes) -> str:
    """The text of a page, on one line."""
    return " ".join("".join(seen(page).text).split())


def test_a_pack_holds_both_inputs_byte_for_byte(packs: Mapping[str, Files], pile: Path) -> None:
    """With the digest that the library recorded as it read them."""
    files = packs["whole"]
    for side, name in (("a", OURS), ("b", THEIRS)):
        assert files[f"{side}/original.bin"] == (pile / name).read_bytes()
        told = read(files, f"{side}/metadata.json")
        assert told["sha256"] == hashlib.sha256(files[f"{side}/original.bin"]).hexdigest()
        assert told["original"] == "read again from its file, which has not changed since it was added"
        assert told["place"] == name.rpartition("/")[2], "no folder of this machine"


def test_a_pack_holds_what_is_known_of_both(packs: Mapping[str, Files], library: st.Library) -> None:
    files = packs["whole"]
    texts = dict(zip(library.documents["doc"].to_pylist(), library.documents["text"].to_pylist(), strict=True))
    assert (files["a/text.txt"].decode(), files["b/text.txt"].decode()) == (texts[OURS], texts[THEIRS])
    told = read(files, "a/metadata.json")
    assert (told["doc"], told["author"], told["published"]) == (OURS, "Ilse Brandt", "2026-03-01T08:00:00+00:00")
    versions = read(files, "versions.json")
    assert versions["stemmata"] == st.__version__
    assert versions["libraries"]["numpy"]
    assert len(versions["library"]["statistics"]) == 64
    assert versions["options"] == json.loads(json.dumps(library.options.to_dict()))


def test_the_alignment_speaks_of_the_texts_in_the_pack(packs: Mapping[str, Files]) -> None:
    """Its spans are code points into them: an edit that matches has the same words on both sides."""
    files = packs["whole"]
    told, a, b = read(files, "alignment.json"), files["a/text.txt"].decode(), files["b/text.txt"].decode()
    assert told["direction"]["source"] == OURS
    assert told["relation"]["kind"] == "spun"
    assert told["passages"]
    for passage in told["passages"]:
        same = [edit for edit in passage["edits"] if edit["op"] == "match"]
        assert same
        for edit in same:
            one, other = a[edit["a_start"] : edit["a_end"]], b[edit["b_start"] : edit["b_end"]]
            assert one.casefold().split() == other.casefold().split()
    for change in told["changes"]:
        assert a[change["source_start"] : change["source_end"]] == change["before"]


def test_the_summary_says_who_what_how_sure_and_what_it_cannot_know(packs: Mapping[str, Files]) -> None:
    page = shown(packs["whole"]["summary.html"])
    assert f"{THEIRS} is a spun copy of {OURS}." in page
    for part in ("Ilse Brandt", "published 1 Mar 2026", "spun", "very likely", "of 348 words", "410,000 pounds"):
        assert part in page or part.startswith("of "), part
    for limit in ("It is not a proof.", "nothing about what anyone meant to do", "These two texts alone were compared"):
        assert limit in page
    assert not {"guilt", "plagiar", "steal", "stole", "theft", "deliberate", "intent"} & set(page.lower().split())


def test_the_pages_of_a_pack_load_and_run_nothing(packs: Mapping[str, Files]) -> None:
    for sort, files in packs.items():
        page = seen(files["summary.html"])
        assert not page.tags & {"script", "img", "link", "iframe", "object"}, sort
        assert not page.attributes & {"src", "href", "onload", "onclick", "style"}
        assert b"default-src 'none'" in files["summary.html"]
        assert b"default-src 'none'" in files["report.html"]


def test_no_other_document_of_the_library_is_named(packs: Mapping[str, Files], pile: Path, library: st.Library) -> None:
    """Though a third text is the same as ours; nor is any folder of this machine."""
    for sort, files in packs.items():
        for name, data in files.items():
            for hidden in ("zanzibar", "orchard", str(pile), str(library.path), str(pile.parent)):
                assert hidden.encode() not in data, (sort, name, hidden)


def test_a_pack_comes_out_the_same_whenever_and_in_whatever_order(library: st.Library, tmp_path: Path) -> None:
    one = library.evidence(OURS, THEIRS, tmp_path / "one.zip")
    again = st.Library(library.path).evidence(THEIRS, OURS, tmp_path / "two.zip")
    assert one.path.read_bytes() == again.path.read_bytes()
    assert one.sha256 == again.sha256 == st.verify_pack(one.path).sha256


@pytest.mark.parametrize("sort", ["redacted", "both"])
def test_what_the_two_do_not_share_stands_in_no_file_of_a_redacted_pack(sort: str, packs: Mapping[str, Files]) -> None:
    """Neither in texts nor in titles, reasons, changes or inputs; what they share does."""
    files = packs[sort]
    assert not {name for name in files if name.endswith(".bin")}
    whole = b"".join(packs["whole"].values()).decode("utf-8", "replace")
    assert len(OWN_WORDS) > 8
    assert all(word in whole for word in OWN_WORDS)
    for name, data in files.items():
        for word in OWN_WORDS | {"Your email address"}:
            assert word.casefold() not in data.decode("utf-8", "replace").casefold(), (name, word)
    assert "410,000 pounds" in files["a/text.txt"].decode()


def test_blocks_stand_for_what_was_blacked_out_so_that_spans_hold(packs: Mapping[str, Files]) -> None:
    """As many as there were signs but line ends, blanks among them: they do not tell where words end."""
    whole, redacted = packs["whole"], packs["redacted"]
    told = read(redacted, "alignment.json")
    assert told["passages"] == read(whole, "alignment.json")["passages"]
    hidden = 0
    for side in "ab":
        before, after = whole[f"{side}/text.txt"].decode(), redacted[f"{side}/text.txt"].decode()
        assert len(before) == len(after)
        for passage in told["passages"]:
            span = slice(passage[f"{side}_start"], passage[f"{side}_end"])
            assert before[span] == after[span]
        differing = {new for old, new in zip(before, after, strict=True) if old != new}
        assert differing == {BLOCK}
        assert BLOCK * len(OWN_A if side == "a" else OWN_B) in after
        hidden += after.count(BLOCK)
    note = {"stage": "evidence", "what": "signs outside shared passages, blacked out", "count": hidden}
    assert note in told["notes"]


def test_a_redacted_pack_keeps_digests_shares_and_points(packs: Mapping[str, Files]) -> None:
    whole, redacted = packs["whole"], packs["redacted"]
    for side in "ab":
        told = read(redacted, f"{side}/metadata.json")
        assert told["sha256"] == read(whole, f"{side}/metadata.json")["sha256"]
        assert told["original"] == "left out, as text that the two do not share is blacked out"
    one, other = read(whole, "alignment.json"), read(redacted, "alignment.json")
    assert other["relation"] == one["relation"]
    reasons = [(reason["reason"], reason["points"]) for reason in one["direction"]["evidence"]]
    assert [(reason["reason"], reason["points"]) for reason in other["direction"]["evidence"]] == reasons
    assert not any(reason["examples"] for reason in other["direction"]["evidence"])
    share = re.compile(r"\d+% of \d+ words")
    assert share.findall(shown(redacted["report.html"])) == share.findall(shown(whole["report.html"]))
    assert share.findall(shown(redacted["summary.html"])) == share.findall(shown(whole["summary.html"]))


@pytest.mark.parametrize("sort", ["undirected", "both"])
def test_without_a_direction_no_file_says_who_copied_whom(sort: str, packs: Mapping[str, Files]) -> None:
    """Nor why, nor with a sentence that runs from one to the other; and it does not claim that it could not be told."""
    files = packs[sort]
    told = read(files, "alignment.json")
    assert "direction" not in told
    assert told["changes"]
    columns = {name for change in told["changes"] for name in change}
    assert {"in_a", "in_b", "a_start", "b_end"} <= columns
    assert not columns & {"source", "copy", "source_start", "copy_start", "before", "after", "says", "oriented"}
    assert "tortured" not in {change["type"] for change in told["changes"]}
    reasons = [row["reason"] for row in read(packs["whole"], "alignment.json")["direction"]["evidence"]]
    assert len(reasons) > 3
    for name, data in files.items():
        for said in (*reasons, f">{THEIRS} is a spun copy", "cannot tell", "the copy</th>", f"that {OURS} came first"):
            assert said not in data.decode("utf-8", "replace"), (name, said)
    for name in ("summary.html", "report.html"):
        assert f"One of {OURS} and {THEIRS} is a spun copy of the other; which one is not said here." in shown(
            files[name]
        )
    assert "Who copied whom is left out of all files" in files["README.txt"].decode()


def test_the_readme_lists_every_file(packs: Mapping[str, Files]) -> None:
    for files in packs.values():
        listed = re.findall(r"^([A-Za-z0-9./]+\.[a-z]+|SHA256SUMS)  ", files["README.txt"].decode(), re.M)
        assert sorted(listed) == sorted(files)


@pytest.fixture
def small(tmp_path: Path) -> tuple[st.Library, Path]:
    """A library of two pages, and the folder that it was read from."""
    (tmp_path / "pages").mkdir()
    for name, text in (("one.html", FERRY), ("two.html", FERRY_SPUN)):
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        (tmp_path / "pages" / name).write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    library = st.Library(tmp_path / "library")
    library.add(tmp_path / "pages")
    return library, tmp_path


def test_an_original_that_has_changed_or_is_gone_is_not_packed_and_the_manifest_says_so(
    small: tuple[st.Library, Path],
) -> None:
    library, folder = small
    (folder / "pages" / "one.html").write_text("<p>Another page.</p>", "utf-8")
    (folder / "pages" / "two.html").unlink()
    made = library.evidence("one.html", "two.html", folder / "pack.zip")
    files = unpacked(made.path)
    assert not {name for name in files if name.endswith(".bin")}
    told = read(files, "manifest.json")["documents"]
    now = hashlib.sha256(b"<p>Another page.</p>").hexdigest()
    assert told["a"]["original"] == f"its file has changed since it was added, and has SHA-256 {now} now"
    assert told["b"]["original"] == "its file is not at hand: it is no longer where it was read"
    assert made.originals == {side: told[side]["original"] for side in "ab"}
    assert told["b"]["original"] in shown(files["summary.html"])


def test_a_plain_text_whose_file_is_gone_is_still_there_byte_for_byte(tmp_path: Path) -> None:
    """What the library holds of it has the digest of the file, and so is it."""
    source = tmp_path / "ferry.txt"
    source.write_bytes(FERRY.replace("\n", "\r\n").encode())
    library = st.Library(tmp_path / "library")
    library.add([source, Text(FERRY_SPUN, doc="spun")])
    before = source.read_bytes()
    source.unlink()
    made = library.evidence("ferry.txt", "spun", tmp_path / "pack.zip")
    assert made.originals["a"].startswith("the text that was held, which has its digest; its file is not at hand")
    assert made.originals["b"] == "the text that was held, which has its digest"
    assert unpacked(made.path)["a/original.bin"] == before


def test_originals_are_found_in_archives_and_in_archives_within_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "inner.zip", "w") as inner:
        inner.writestr("deep/page.html", PAGE)
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
        outer.write(tmp_path / "inner.zip", "folder/inner.zip")
        outer.writestr("copy.html", PAGE.replace(PARAGRAPHS, f"<p>{FERRY_SPUN}</p>"))
    library = st.Library(tmp_path / "library")
    deep, flat = sorted(library.add(tmp_path / "outer.zip").docs, key=len, reverse=True)
    files = unpacked(library.evidence(deep, flat, tmp_path / "pack.zip").path)
    assert files["b/original.bin"] == PAGE.encode()
    assert read(files, "b/metadata.json")["place"] == "outer.zip/folder/inner.zip/deep/page.html"


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_of_a_web_archive_is_taken_out_again_with_how_it_was_served(tmp_path: Path, packed: bool) -> None:
    """Also out of a web archive in a zip archive; what it was sent in is undone."""
    theirs = web_archives.page(FERRY_SPUN)
    sent = web_archives.answer(gzip.compress(theirs), "Content-Encoding: gzip", "Last-Modified: Mon, 4 May 2026")
    pages = [
        web_archives.record(web_archives.answer(web_archives.page(FERRY)), "https://a.example/ferry"),
        web_archives.record(sent, "https://b.example/boat"),
    ]
    crawl = tmp_path / "crawl.warc.gz"
    crawl.write_bytes(b"".join(map(gzip.compress, pages)))
    if packed:
        with zipfile.ZipFile(tmp_path / "outer.zip", "w") as outer:
            outer.write(crawl, "may/crawl.warc.gz")
    library = st.Library(tmp_path / "library")
    library.add(tmp_path / "outer.zip" if packed else crawl)
    both = ("https://a.example/ferry", "https://b.example/boat")
    made = library.evidence(*both, tmp_path / "pack.zip")
    files = unpacked(made.path)
    assert files["b/original.bin"] == theirs
    assert read(files, "b/metadata.json")["sha256"] == hashlib.sha256(theirs).hexdigest()
    headers = files["b/headers.txt"].decode()
    assert "warc-target-uri: https://b.example/boat\n" in headers
    assert "HTTP/1.1 200 OK\r\n" in headers
    assert "Last-Modified: Mon, 4 May 2026" in headers
    assert not st.verify_pack(made.path).differs
    redacted = library.evidence(*both, tmp_path / "red.zip", redact_others=True)
    assert "b/headers.txt" not in unpacked(redacted.path)


def test_a_record_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    pages = [web_archives.answer(web_archives.page(text)) for text in (FERRY, FERRY_SPUN)]
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(b"".join(web_archives.record(data, f"https://{n}.example/") for n, data in enumerate(pages)))
    library = st.Library(tmp_path / "library")
    library.add(crawl)
    crawl.write_bytes(web_archives.record(pages[0], "https://0.example/"))
    made = library.evidence("https://0.example/", "https://1.example/", tmp_path / "pack.zip")
    assert made.originals["a"].startswith("read again from its file")
    assert made.originals["b"] == "its file is not at hand: the web archive holds no such record any more"


def test_of_a_row_of_a_table_the_text_is_the_input(tmp_path: Path) -> None:
    """Its digest is that of the text; a digest of its own, that a table gives, is of something that is not there."""
    rows = [{"id": "one", "text": FERRY}, {"id": "two", "text": FERRY_SPUN, "sha256": "ab" * 32}]
    (tmp_path / "crawl.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    library = st.Library(tmp_path / "library")
    library.add(tmp_path / "crawl.jsonl")
    made = library.evidence("one", "two", tmp_path / "pack.zip")
    files = unpacked(made.path)
    assert files["a/original.bin"] == FERRY.encode()
    assert read(files, "a/metadata.json")["place"] == "crawl.jsonl#1"
    assert "b/original.bin" not in files
    assert made.originals["b"] == "its table gave a digest of its own, of what lies elsewhere"


def test_whole_paths_are_named_only_where_they_are_asked_for(small: tuple[st.Library, Path]) -> None:
    library, folder = small
    files = unpacked(library.evidence("one.html", "two.html", folder / "pack.zip", paths=True).path)
    assert read(files, "a/metadata.json")["place"] == str(folder / "pages" / "one.html")


def test_hostile_names_and_texts_are_shown_and_obeyed_by_nothing(tmp_path: Path) -> None:
    """Markup, direction overrides, NUL, escape sequences, and signs that templates would take for theirs."""
    evil = "<script>alert(1)</script>\u202e{{ 7*7 }}\x1b[31m\x00`rm`"
    library = st.Library(tmp_path / "library")
    library.add(
        [
            Text(
                f"{FERRY}\n{evil}\n", doc=f"../../{evil}", title=evil, author=evil, site="</style><img src=x onerror=y>"
            ),
            Text(f"{evil}\n{FERRY_SPUN}\n", doc=f"{evil}'; rm -rf /; '", canonical="javascript:alert(1)"),
        ]
    )
    one, other = library.documents["doc"].to_pylist()
    sorts: list[dict[str, Any]] = [{}, {"redact_others": True}, {"direction": False}]
    for said in sorts:
        files = unpacked(library.evidence(one, other, tmp_path / "pack.zip", **said).path)
        for name in ("summary.html", "report.html"):
            page = files[name].decode()
            assert "<script>alert" not in page
            assert "<img" not in page
            assert "javascript:" not in " ".join(re.findall(r'href="([^"]*)"', page))
            for sign in "\u202e\x1b\x00":
                assert sign not in page, (name, sign)
            assert "49" not in re.findall(r"script&gt;[^<]{0,12}", page)
        assert not any(sign in files["README.txt"].decode() for sign in "\u202e\x1b\x00")


def test_documents_with_nothing_in_common_make_a_pack_that_says_so(library: st.Library, tmp_path: Path) -> None:
    """Evidence may speak against a suspicion; redacted, nothing is left of either."""
    files = unpacked(library.evidence(OURS, "x/orchard.txt", tmp_path / "pack.zip", redact_others=True).path)
    assert "have nothing in common" in shown(files["summary.html"])
    assert set(files["b/text.txt"].decode()) <= {BLOCK, "\n"}
    assert read(files, "alignment.json")["passages"] == []


def test_documents_are_named_as_the_library_has_them(library: st.Library, tmp_path: Path) -> None:
    with pytest.raises(MissingSource, match=r"holds no document nobody\.txt"):
        library.evidence(OURS, "nobody.txt", tmp_path / "pack.zip")
    with pytest.raises(OptionError, match="both are one document"):
        library.evidence(OURS, OURS, tmp_path / "pack.zip")
    with pytest.raises(FolderError, match="the pack cannot be written"):
        library.evidence(OURS, THEIRS, tmp_path / "no" / "pack.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_was_removed_is_not_there_any_more(small: tuple[st.Library, Path]) -> None:
    library, folder = small
    library.remove("two.html")
    with pytest.raises(MissingSource, match=r"two\.html"):
        library.evidence("one.html", "two.html", folder / "pack.zip")


def test_a_version_of_a_document_is_a_document(tmp_path: Path) -> None:
    library = st.Library(tmp_path / "library")
    library.add(Text(FERRY, doc="ferry"))
    library.add(Text(FERRY.replace("410,000", "140,000"), doc="ferry"))
    files = unpacked(library.evidence("ferry", "ferry@2", tmp_path / "pack.zip").path)
    assert [change["type"] for change in read(files, "alignment.json")["changes"]] == ["number"]


def test_the_program_packs_and_verifies(small: tuple[st.Library, Path], run: Run) -> None:
    """0: whole; 1: something differs, and is named; 2: a wrong call; 3: it cannot be read."""
    library, folder = small
    pack = folder / "pack.zip"
    status, out, _ = run("evidence", library.path, "two.html", "one.html", "-o", pack, "--redact-others")
    assert status == 0
    assert "two.html is a spun copy of one.html." in out
    assert "left out, as text that the two do not share" in " ".join(out.split())
    status, out, _ = run("verify", pack)
    assert status == 0
    assert "is whole: 12 files" in " ".join(out.split())
    assert "one.html and two.html" in out
    data = pack.read_bytes()
    pack.write_bytes(data.replace(b"harbour", b"airport", 1))
    status, out, _ = run("verify", pack)
    assert status == 1
    assert "is not as it was made" in " ".join(out.split())
    assert re.findall(r"Differs +(\S+)", out) == ["a/text.txt"]
    pack.write_bytes(data[:400])
    assert run("verify", pack)[0] == 3
    assert run("verify", folder / "nowhere.zip")[0] == 2
    assert run("evidence", library.path, "one.html", "one.html", "-o", pack)[0] == 2
    assert run("evidence", library.path, "one.html", "nobody", "-o", pack)[0] == 2
    assert run("evidence", folder / "nothing", "one.html", "two.html", "-o", pack)[0] in (2, 3)


@pytest.fixture
def decided(library: st.Library) -> Iterator[st.Library]:
    """The library, of which a person decided something."""
    note = "Wolverton had told the desk: they took it from us"
    library.decide("relabel", OURS, THEIRS, value="paraphrased", by="Ada", note=note)
    library.decide("same", OURS, THEIRS, by="Ada", note=note)
    library.decide("root", THEIRS, by="Grace", note=note)
    library.decide("note", THIRD, by="Ada", note="of no concern")
    yield library
    (library.path / "decisions.csv").unlink()


def test_a_pack_says_what_a_person_decided_beside_what_the_machine_found(
    decided: st.Library, packs: Mapping[str, Files], tmp_path: Path
) -> None:
    machine = read(packs["whole"], "alignment.json")["relation"]["kind"]
    files = unpacked(decided.evidence(OURS, THEIRS, tmp_path / "pack.zip").path)
    told = read(files, "alignment.json")
    assert told["relation"]["kind"] == "paraphrased"
    first = told["relation"]["evidence"][0]
    assert first["feature"] == "decision"
    assert f"the machine had said: {machine}" in first["says"]
    assert [one["verb"] for one in told["decisions"]] == ["relabel", "same", "root"]
    assert told["direction"]["source"] == THEIRS
    assert told["direction"]["evidence"][0]["reason"] == "a person decided so"
    summary = shown(files["summary.html"])
    assert "A person decided: called paraphrased by Ada on" in summary
    assert f"A person decided: {THEIRS} called the original by Grace on" in summary
    assert "A person decided: put into one family by Ada on" in summary
    assert "you said so" not in shown(files["report.html"]) + summary, "whoever reads it said nothing"
    assert not [name for name, data in files.items() if b"of no concern" in data]


def test_a_pack_on_a_pair_that_was_dismissed_says_so_and_what_the_machine_had_said(
    library: st.Library, tmp_path: Path
) -> None:
    library.decide("dismiss", OURS, THEIRS, by="Ada")
    try:
        files = unpacked(library.evidence(OURS, THEIRS, tmp_path / "pack.zip").path)
    finally:
        (library.path / "decisions.csv").unlink()
    assert read(files, "alignment.json")["relation"]["kind"] == "none"
    summary = shown(files["summary.html"])
    assert f"A person decided that neither of {OURS} and {THEIRS} is a reuse of the other." in summary
    assert "A person decided: dismissed by Ada on" in summary
    assert "the machine had said: " in summary


@pytest.mark.parametrize(("redacted", "directed"), [(True, True), (False, False)])
def test_notes_of_decisions_are_in_the_whole_pack_alone(
    redacted: bool, directed: bool, decided: st.Library, tmp_path: Path
) -> None:
    """They are free text: it may quote what is blacked out, or say who copied whom."""
    whole = unpacked(decided.evidence(OURS, THEIRS, tmp_path / "whole.zip").path)
    assert b"told the desk" in whole["alignment.json"]
    pack = tmp_path / "part.zip"
    files = unpacked(decided.evidence(OURS, THEIRS, pack, redact_others=redacted, direction=directed).path)
    assert not [name for name, data in files.items() if b"told the desk" in data]
    assert "A person decided: called paraphrased by Ada on" in shown(files["summary.html"])


def test_without_a_direction_a_copy_that_a_person_named_is_not_told(
    library: st.Library, tmp_path: Path, packs: Mapping[str, Files]
) -> None:
    library.decide("confirm", OURS, THEIRS, value=OURS, by="Ada")
    library.decide("root", THEIRS, by="Grace")
    try:
        files = unpacked(library.evidence(OURS, THEIRS, tmp_path / "pack.zip", direction=False).path)
    finally:
        (library.path / "decisions.csv").unlink()
    told = read(files, "alignment.json")
    assert [(one["verb"], one["value"]) for one in told["decisions"]] == [("confirm", "")]
    assert "direction" not in told
    assert told["changes"] == read(packs["undirected"], "alignment.json")["changes"]
    assert not [name for name, data in files.items() if b"Grace" in data or b"as the copy" in data]
