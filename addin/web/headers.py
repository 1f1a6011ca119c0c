"""The headers that keep the page to itself: what the server sends, what stands in the page, what the docs say."""

from __future__ import annotations

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # WebAssembly is how Python runs; no text is ever run as a script
    "worker-src": "'self'",
    "connect-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' blob:",  # pictures out of a report that is looked at
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
#: A page can say this only in a header, not in itself.
_ONLY_IN_A_HEADER = {"frame-ancestors"}


def _told(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {value}" for name, value in policy.items())


#: The task pane alone takes Microsoft's office.js, which must come from Microsoft, and stands in Excel on the web.
#: It may still ask nobody but this site.
_PANE = _POLICY | {
    "script-src": f"{_POLICY['script-src']} https://appsforoffice.microsoft.com",
    "frame-ancestors": "https://*.officeapps.live.com https://*.office.com https://*.sharepoint.com "
    "https://*.cloud.microsoft https://*.microsoft365.com https://*.live.com https://teams.microsoft.com",
}

POLICY = _told(_POLICY)
PANE_POLICY = _told(_PANE)
PANE_POLICY_IN_PAGE = _told({name: value for name, value in _PANE.items() if name not in _ONLY_IN_A_HEADER})
POLICY_IN_PAGE = _told({name: value for name, value in _POLICY.items() if name not in _ONLY_IN_A_HEADER})

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-cache",  # ask whether it is still the same, which costs nothing when it is
}

PANE_HEADERS = {"Content-Security-Policy": PANE_POLICY}
"""What pane.html is sent with instead."""

OPEN_HEADERS = {"Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Allow-Origin": "*"}
"""What Excel itself fetches, from an address of its own, is sent with instead: its icons and functions.json."""


def headers_of(name: str) -> dict[str, str]:
    """The headers of a file of the site by its name, such as "office/functions.json"."""
    if name == "pane.html":
        return HEADERS | PANE_HEADERS
    if name == "office/functions.json" or name.startswith("office/icons/"):
        return HEADERS | OPEN_HEADERS
    return HEADERS


KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".zip": "application/zip",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""Types of content by a file's ending. A wrong one for .wasm or .mjs keeps Python from starting."""

PACKED = {".html", ".css", ".js", ".mjs", ".json", ".wasm", ".svg", ".txt"}
"""Endings of what is worth compressing on its way; the others are packed already."""
