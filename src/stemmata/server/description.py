"""What the description of the interface says of answers that are errors: the same of all routes."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

ERRORS = {
    "400": "The request cannot be understood.",
    "401": "A token is needed.",
    "403": "The request is not allowed here, or comes from the page of another site.",
    "404": "There is no such document, family, pair or table.",
    "408": "The request does not come to its end.",
    "413": "The request sends more than is taken.",
    "414": "The address is too long.",
    "422": "The request is not as it should be.",
    "503": "It is being worked out, or there is too much to do: ask again later.",
}
_PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["what", "mend"],
    "properties": {
        "what": {"type": "string", "description": "What is wrong."},
        "mend": {"type": "string", "description": "What can be done about it; may be empty."},
    },
}


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of an application, with its errors as they are told."""
    made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = _PROBLEM
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for path, operations in made["paths"].items():
        for operation in operations.values():
            operation["responses"] |= {status: _error(path, says) for status, says in ERRORS.items()}
    return made


def is_data(path: str) -> bool:
    """Say whether an address is one of data, whose errors are JSON; those of pages are pages."""
    return path.endswith(".json") or "/tables/" in path


def _error(path: str, says: str) -> dict[str, Any]:
    plain = {"text/plain": {"schema": {"type": "string"}}}  # what is refused before anybody looks at the address
    if is_data(path):
        told: dict[str, Any] = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    else:
        told = {"text/html": {"schema": {"type": "string"}}}
    return {"description": says, "content": told | plain}
