"""What every request meets first: who may ask, from where, how much at once; and what every answer carries.

A page of a stranger in the same browser can send requests to a server on this machine. It cannot read answers, for
nothing here allows other origins; it cannot write, for a form from elsewhere names its origin; and it cannot pass for
this server by a name of its own that leads here, for only the names under which the server is reached are answered.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import socket
from collections.abc import Collection, Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
COOKIE, TOKEN = "stemmata", "token"
SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LONGEST = 16_384  # bytes of an address with its query
PATIENCE = 30.0  # seconds in which more of a request must have come
ANY = ("0.0.0.0", "::")  # addresses that stand for all of a machine's


class Guards:
    """Refuse what has no business here, before anything else sees it.

    Parameters
    ----------
    app : ASGI application
    hosts : collection of str
        Names under which the server is reached, without ports.
    token : str
        What a request must know; empty where everybody who reaches the server may read.
    most : int
        Bytes of a request's body.
    larger : mapping of str to int
        Of requests to some paths.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Collection[str],
        token: str = "",
        most: int,
        larger: Mapping[str, int] | None = None,
    ) -> None:
        self._app, self._hosts, self._token = app, frozenset(hosts), token
        self._any = not self._hosts.isdisjoint({*ANY, "[::]"})
        self._most, self._larger = most, larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        bare = scope["method"] == "HEAD"  # as GET, but for what is shown

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [(name, value) for name, value in message.get("headers", []) if name.decode() not in HEADERS]
                message["headers"] = [*given, *((name.encode(), value.encode()) for name, value in HEADERS.items())]
            elif bare and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        most = self._larger.get(scope["path"], self._most)
        refusal = self._refusal(scope, headers, most)
        if refusal is not None:
            await refusal(scope, receive, sending)
        else:
            asked = {**scope, "method": "GET"} if bare else scope
            await self._app(asked, _bounded(receive, most), sending)

    def _refusal(self, scope: Scope, headers: Headers, most: int) -> Response | None:
        host = headers.get("host", "")
        name = _name(host)
        if name not in self._hosts and not (self._any and _is_number(name)):
            return PlainTextResponse("This server does not go by that name.", 421)
        if len(scope.get("raw_path", b"")) + len(scope["query_string"]) > LONGEST:
            return PlainTextResponse("The address is too long.", 414)
        if scope["method"] not in SAFE and not _is_own(headers, host):
            return PlainTextResponse("Nothing is taken from other sites.", 403)
        if (length := headers.get("content-length", "")).isdigit() and int(length) > most:
            return PlainTextResponse(_too_large(most), 413)
        return self._unknown(scope, headers) if self._token else None

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """Ask for the token; one in an address is kept in a cookie, so that it need not stay there."""
        query = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self._knows(bearer):
            return None
        if any(map(self._knows, query.pop(TOKEN, []))):
            rest = urlencode(query, doseq=True)
            answer = RedirectResponse(scope["path"] + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(COOKIE, self._token, httponly=True, samesite="strict", path="/")
            return answer
        if self._knows(_cookie(headers)):
            return None
        said = "This reading room asks for a token: open the address that 'stemmata serve' has printed."
        return PlainTextResponse(said, 401, {"www-authenticate": "Bearer"})

    def _knows(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())


def _bounded(receive: Receive, most: int) -> Receive:
    """Refuse a body as soon as it is too long, whatever its header says, or nothing comes any more."""
    taken, whole = 0, False

    async def receiving() -> Message:
        nonlocal taken, whole
        if whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), PATIENCE)
        except TimeoutError:
            raise HTTPException(408, "the request does not come to its end") from None
        taken += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if taken > most:
            raise HTTPException(413, _too_large(most))
        return message

    return receiving


def _too_large(most: int) -> str:
    return f"More than {most:,} bytes are not taken."


def own_hosts(host: str) -> set[str]:
    """Return the names under which a server at an address is reached; one at all addresses, by any number as well."""
    bare = host.strip("[]")
    named = f"[{bare}]" if ":" in bare else bare
    own = {socket.gethostname().lower(), socket.getfqdn().lower()} if bare in ANY else set()
    return {named.lower(), *(LOOPBACK if is_loopback(host) or bare in ANY else ()), *own}


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_number(name: str) -> bool:
    """Say whether a name is an address in numbers, which nobody can make lead elsewhere."""
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _name(host: str) -> str:
    """Return a host as a request names it, without its port."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
    return f"[{name}]" if ":" in name else name


def _is_own(headers: Headers, host: str) -> bool:
    """Say whether a request that writes comes from a page of this server, or from no page at all."""
    site = headers.get("sec-fetch-site", "none")
    if site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == host
    except ValueError:  # it is no address
        return False


def _cookie(headers: Headers) -> str:
    """Return the token that a browser keeps; cookies of other servers on this machine come along."""
    return cookie_parser(headers.get("cookie", "")).get(COOKIE, "")
