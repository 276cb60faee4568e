"""The accounts of advertising and analytics that a page runs under: they tell who runs it, not where its text is from.

They stand in what browsers fetch and run, which is looked through here and neither fetched nor run. In what is long
only the beginning is looked at, and each pattern only where a word of it stands: pages of megabytes cost no more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stemmata.readers.page import Element
from stemmata.readers.properties import is_filler

KIND = "account:"  # of identifiers in the column ``lineage``
LONGEST_SCRIPT = 8_192  # code points of one script; what calls for an account stands in short ones
LONGEST_ADDRESS = 1_000  # code points; those of pictures may hold the picture
LONGEST = 262_144  # code points of a page that are looked at
MOST = 20  # accounts of a page; one of more was made to have them
MOST_MATCHES = 200  # of one pattern
CALLS = {  # elements that name accounts, and in which attribute
    **dict.fromkeys(("script", "iframe", "img"), "src"),
    **dict.fromkeys(("ins", "amp-ad", "amp-auto-ads"), "data-ad-client"),
}
SHORTEST = 4  # signs of a number that may be that of a sample
OF_HOSTS = {  # of platforms that put theirs on the pages of everybody
    "UA-52447",  # WordPress.com
    "quantcast:p-18-mFEk4J448M",  # the same
    "quantcast:p-94D6e1NDscLvI",  # IntenseDebate
}


class Service(NamedTuple):
    """How the accounts of a service are found where a word stands: by a pattern that begins there and has one group."""

    word: str
    pattern: re.Pattern[str]
    name: str


def _service(word: str, pattern: str, name: str) -> Service:
    return Service(word, re.compile(pattern, re.ASCII), name)


Q, S = "[\"']", r"\s{0,9}"  # a quote, white space
ALONE = r"(?<![\w-])"
SERVICES = {  # by what a page holds that has any of them: the fewer words are looked for on all pages, the faster
    "UA-": (_service("UA-", rf"{ALONE}UA-(\d{{4,10}})-\d{{1,4}}\b", "UA-{}"),),
    "GTM-": (_service("GTM-", rf"{ALONE}(GTM-[A-Z0-9]{{4,9}})\b", "{}"),),
    "gtag": (
        _service("G-", rf"{ALONE}(G-(?=[A-Z]{{0,12}}\d)[A-Z0-9]{{7,12}})\b", "{}"),
        _service("GT-", rf"{ALONE}(GT-(?=[A-Z]{{0,12}}\d)[A-Z0-9]{{7,12}})\b", "{}"),
        _service("AW-", rf"{ALONE}(AW-\d{{8,12}})\b", "{}"),
    ),
    "pub-": (_service("pub-", rf"(?:{ALONE}|(?<=\bca-)|(?<=\bpartner-))pub-(\d{{10,20}})\b", "ca-pub-{}"),),
    "facebook.": (
        _service("fbq", rf"fbq{S}\({S}{Q}init{Q}{S},{S}{Q}?(\d{{10,18}})\b", "facebook-pixel:{}"),
        _service("/tr?id=", r"/tr\?id=(\d{10,18})\b", "facebook-pixel:{}"),
    ),
    "mc.yandex.": (
        _service("mc.yandex.", r"mc\.yandex\.\w{2,3}/(?:watch/|pixel/)(\d{5,10})\b", "yandex-metrica:{}"),
        _service("ym(", rf"\bym\({S}(\d{{5,10}}){S},{S}{Q}init{Q}", "yandex-metrica:{}"),
        _service("Ya.Metrika", rf"Ya\.Metrika2?{S}\({S}\{{{S}{Q}?id{Q}?{S}:{S}{Q}?(\d{{5,10}})\b", "yandex-metrica:{}"),
    ),
    "hotjar.com": (_service("hjid", rf"hjid{Q}?{S}[:=]{S}{Q}?(\d{{4,9}})\b", "hotjar:{}"),),
    "quantserve.com": (
        _service("qacct", rf"qacct{Q}?{S}[:=]{S}{Q}(p-[\w-]{{8,20}}){Q}", "quantcast:{}"),
        _service("/pixel/", r"/pixel/(p-[\w-]{8,20})\.gif", "quantcast:{}"),
    ),
    "hm.baidu.com": (_service("hm.baidu.com", r"hm\.baidu\.com/hm?\.js(?:\?|%3F)([0-9a-f]{32})\b", "baidu:{}"),),
    "scorecardresearch": (_service("c2", rf"\bc2{Q}?{S}[:=]{S}{Q}?(\d{{7,9}})\b", "comscore:{}"),),
    "taboola.com/l": (_service("taboola.com/l", r"taboola\.com/libtrc/(?:unip/)?([\w-]{3,40})/", "taboola:{}"),),
}
MATOMO = "setSiteId"
MATOMO_SITE = re.compile(rf"setSiteId{Q}{S},{S}{Q}?(\d{{1,9}})\b", re.ASCII)
MATOMO_HOST = re.compile(
    rf"{Q}(?:https?)?:?//([\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,8}}(?:/[\w-]{{1,40}}){{0,4}})/", re.ASCII
)
MATOMO_NEAR = 1_000  # code points between the two


def read_accounts(tree: Element) -> list[str] | None:
    """Return the accounts under which a page is run, for the column ``lineage``; None where there are none.

    Of a property of Google Analytics (``UA-123-1``) that is the account (``account:UA-123``). Samples out of manuals,
    and accounts of platforms that put theirs on all the pages that they host, are left out.

    Parameters
    ----------
    tree : lxml element
        The whole page, with its scripts.
    """
    read = _called(tree)
    found = set(_matomo(read)) if MATOMO in read else set()
    for needed, services in SERVICES.items():
        if needed in read:
            for word, pattern, name in services:
                numbers = (one[1] for one in _numbers(read, word, pattern))
                found |= {name.format(number) for number in numbers if not _is_sample(number)}
    return sorted(KIND + one for one in found - OF_HOSTS)[:MOST] or None


def _numbers(read: str, word: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield what a pattern finds where its word stands: a word is looked for many times as fast as a pattern."""
    at = read.find(word)
    for _ in range(MOST_MATCHES):
        if at < 0:
            break
        found = pattern.match(read, at)
        if found:
            yield found
        at = read.find(word, at + len(word))


def _called(tree: Element) -> str:
    """Return what a page calls: its scripts, each from its beginning, and the addresses of what it fetches."""
    pieces: list[str] = []
    room = LONGEST
    for element in tree.iter(*CALLS):
        address = element.get(CALLS[element.tag])
        said = address or (element.text if element.tag == "script" else None)
        if said:
            most = LONGEST_ADDRESS if address else LONGEST_SCRIPT
            pieces.append(said if len(said) <= most else f"{said[:most]}_")  # no number ends where it is cut
            room -= len(pieces[-1])
            if room < 0:
                break
    return "\n".join(pieces)


def _matomo(read: str) -> Iterator[str]:
    """Yield the numbers of sites at servers of Matomo, each with the server that is named nearest before it."""
    for site in _numbers(read, MATOMO, MATOMO_SITE):
        before = MATOMO_HOST.findall(read, max(0, site.start() - MATOMO_NEAR), site.start())
        host = before[-1:] or MATOMO_HOST.findall(read, site.end(), site.end() + MATOMO_NEAR)[:1]
        if host:
            yield f"matomo:{host[0].casefold()}:{site[1]}"


def _is_sample(number: str) -> bool:
    """Tell whether a number is that of a manual: 1111111, XXXX, 123456."""
    signs = number.rpartition("-")[2]
    return len(signs) >= SHORTEST and is_filler(signs)
