"""What tests in a real browser share: Chromium driven by Playwright, a room that is served, axe-core, a watch.

The addresses of all pages stand in one table, ``PAGES``: a new page gets a line there, and is tested like the others.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

import pytest
from scripts.screenshots import find_browser
from scripts.serving import serving
from starlette.applications import Starlette
from starlette.routing import Mount

import stemmata as st
from stemmata.errors import StemmataError
from stemmata.report.links import address
from stemmata.server.app import make_app
from stemmata.server.jobs import Jobs
from stemmata.server.libraries import LibraryShelf
from stemmata.server.piles import Piles
from stemmata.server.shelves import RunShelf, Unready
from stemmata.server.uploads import Dropped
from tests.articles import FERRY, FERRY_SPUN, ORCHARD
from tests.served import wait_for

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page

FAMILY = "40f0c721e1598ee0"  # the family of the ferry terminal, in the sample newsroom
ORIGINAL = "tidewater-gazette.example/2026/03/ferry-terminal.html"
ALTERED = "coastline-monitor.example/news/pellamouth-pier-41-piles.html"  # says 41 where the original says 14
SPUN = "quick-news-hub.example/posts/7731-ferry-terminus-piles.html"
OF_SPUN = "all-the-articles.example/txt/004193.txt"  # a copy of that

WAITING, FAILED, DONE, GONE = (name * 2 for name in ("waiting-for", "it-all-fail", "it-all-done", "nothing-now"))

PAGES = {  # those of a run, of a library and of files that are dropped, which ``house`` puts beneath one address;
    # what stands in braces is given by ``addresses``
    "overview": "./",
    "families": "families",
    "families that are sought": "families?q={source}&kind=spun",
    "families, none": "families?q=nothing+is+called+so",
    "family": "family?id={family}",
    "pair": "pair?source={source}&copy={copy}",
    "documents": "documents",
    "documents that are sought": "documents?q={source}",
    "document": "document?id={source}",
    "document, a copy": "document?id={copy}",
    "groups": "groups",
    "groups by year": "groups?by=year",
    "group": "group?by=site&name={site}",
    "readings": "readings?family={family}",
    "readings, none": "readings?family={family}&q=zeppelin",
    "skipped": "skipped",
    "check": "check",
    "follow, a claim": "follow?claim=of+the+96+piles+under+the+vehicle+ramp",
    "follow, too short": "follow?claim=piles",
    "not there": "nowhere",
    "not there, and deep": "no/where",
    "not asked well": "families?kind=loud",
    "pair, of a library": "library/pair?source=ferry.txt&copy=spun.txt",
    "pair, dismissed": "library/pair?source=ferry.txt&copy=orchard.txt",
    "document, of a library": "library/document?id=ferry.txt",
    "decisions": "library/decisions",
    "decisions, one made": "library/decisions?made=1",
    "drop": "drop/",
    "drop, waiting": f"drop/piles/{WAITING}/",
    "drop, failed": f"drop/piles/{FAILED}/",
    "drop, done": f"drop/piles/{DONE}/",
    "drop, gone": f"drop/piles/{GONE}/",
}


def addresses(*, family: str, source: str, copy: str, site: str) -> dict[str, str]:
    """Return the addresses of all pages, of some family, two of its members, and a site."""
    told = {"family": family, "source": source, "copy": copy, "site": site}
    return {name: page.format(**{key: quote_plus(one) for key, one in told.items()}) for name, page in PAGES.items()}


NEWSROOM = addresses(family=FAMILY, source=ORIGINAL, copy=ALTERED, site="County Wire Digest")
SPUN_PAIR = address("pair", source=ORIGINAL, copy=SPUN)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking")

_AXE = "4.10.3"
_AXE_DIGEST = "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg=="


@contextmanager
def started() -> Iterator[Browser]:
    """Start the Chromium that is installed; where there is none the test is skipped."""
    api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    try:
        path = find_browser(os.environ)
    except SystemExit:
        pytest.skip("no browser is installed")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def house(run: Path, folder: Path) -> Iterator[str]:
    """Serve a run, a library about which one may decide, and a place for files with some that were dropped.

    Parameters
    ----------
    folder : path
        An empty one.
    """
    library = st.Library(folder / "library")
    library.add([st.Text(FERRY, doc="ferry.txt"), st.Text(FERRY_SPUN, doc="spun.txt")])
    library.add(st.Text(f"{FERRY}\n\n{ORCHARD}", doc="orchard.txt"))
    library.decide("dismiss", "ferry.txt", "orchard.txt", by="Ada", note="it was printed beside it")
    library.decide("root", "ferry.txt", by="Ada")
    jobs, none = Jobs(), Jobs(at_once=0)
    shelf, piles = LibraryShelf(library.path, jobs, may_decide=True, threads=1), Piles(none)
    names = iter((WAITING, FAILED, DONE))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_urlsafe", lambda _: next(names))
        made = [piles.shelf(piles.start(piles.begin(), Dropped("1.zip", "a.zip", None, 1, "a.zip"))) for _ in "wfd"]
    made[1].job.state, made[1].job.error = "failed", StemmataError("it holds no text.", mend="drop another.")
    made[2].job.state = "done"
    shutil.copytree(run, made[2].folder / "run")
    for pile in made[1:]:
        pile.take(pile.job)
    wait_for(lambda: is_shown(shelf))
    rooms = {"/library": make_app(shelf), "/drop": make_app(piles), "/": make_app(RunShelf(run))}
    try:
        with serving(Starlette(routes=[Mount(path, app) for path, app in rooms.items()])) as address:
            yield address
    finally:
        for one in (jobs, none, shelf, piles):
            one.close()


def is_shown(shelf: LibraryShelf) -> bool:
    """Say whether the tables of a library are there."""
    try:
        return bool(shelf.room())
    except Unready:
        return False


class Watch:
    """What a page does that it should not: scripts that fail or are refused, dialogs, requests to elsewhere."""

    def __init__(self, page: Page, own: str = "") -> None:
        self.faults: list[str] = []
        self.requests: list[str] = []
        self._own = urlsplit(own).netloc
        self._page = page
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("dialog", self._spoken)
        page.on("popup", lambda popup: self.faults.append(f"window: {popup.url}"))
        page.on("download", lambda download: self.faults.append(f"download: {download.url}"))
        page.on("request", lambda request: self._asked(request.url))

    def _said(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and said.location["url"] != self._page.url:  # a page that is not there
            self.faults.append(said.text)

    def _spoken(self, dialog: Dialog) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, url: str) -> None:
        self.requests.append(url)
        if urlsplit(url).scheme not in ("file", "about") and urlsplit(url).netloc != self._own:
            self.faults.append(f"request: {url}")


def axe() -> str:
    """Return the program that looks for barriers, fetched once by npm; where that cannot be the test is skipped."""
    kept = Path(tempfile.gettempdir()) / f"stemmata-axe-core-{_AXE}"
    archive = kept / f"axe-core-{_AXE}.tgz"
    if not archive.exists():
        if not (npm := shutil.which("npm")):
            pytest.skip("npm is not installed, by which axe-core is fetched")
        with tempfile.TemporaryDirectory() as folder:
            call = [npm, "pack", "--silent", f"axe-core@{_AXE}"]
            done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
            fetched = Path(folder) / archive.name
            if done.returncode or not fetched.exists():
                pytest.skip("axe-core could not be fetched")
            kept.mkdir(exist_ok=True)
            part = kept / f"{os.getpid()}.part"
            shutil.copy(fetched, part)
            part.replace(archive)
    data = archive.read_bytes()
    assert base64.b64encode(hashlib.sha512(data).digest()).decode() == _AXE_DIGEST
    with tarfile.open(archive) as packed:
        member = packed.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


def barriers(page: Page, program: str, rules: Sequence[str] = ()) -> list[str]:
    """Return what keeps people out of a page, as far as a program can tell: all that is serious or critical.

    Parameters
    ----------
    rules : sequence of str
        Those that are looked at; by default all.
    """
    page.evaluate(program)
    asked = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found: Any = page.evaluate("(asked) => axe.run(document, asked).then((found) => found.violations)", asked)
    return [
        f"{one['id']}: {json.dumps(node['target'])} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


@contextmanager
def looking(browser: Browser, **options: Any) -> Iterator[BrowserContext]:
    """Open a window with nothing kept from others, which moves nothing smoothly."""
    context = browser.new_context(**{"reduced_motion": "reduce", "viewport": WIDE, **options})
    context.set_default_timeout(20_000)
    yield context
    context.close()
