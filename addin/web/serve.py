"""The site on this computer, with the headers a college's server should send. It answers this computer only."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from addin.web.headers import KINDS, PACKED, headers_of
from workbook.model import CannotDo


class Site:
    """The files of a built site, each read and packed once, and again when it has changed."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "index.html").is_file():
            raise CannotDo(f"There is no site in {folder}: make one with mentorbook web build --out {folder}.")
        self.folder = folder.resolve()
        self.content = cache(self._content)

    def find(self, address: str) -> Path | None:
        """The file at an address; None outside the site and where there is none."""
        name = unquote(urlsplit(address).path).lstrip("/") or "index.html"
        path = (self.folder / name).resolve()
        inside = path.is_relative_to(self.folder) and path.is_file()
        return path if inside and path.suffix in KINDS else None

    def _content(self, path: Path, changed: int) -> tuple[bytes, bytes | None, str]:
        data = path.read_bytes()
        packed = gzip.compress(data, 6, mtime=0) if path.suffix in PACKED else None
        return data, packed, f'"{hashlib.sha256(data).hexdigest()[:32]}"'


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with files of the site, compressed where the browser takes it."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        """A file, or "it is still the same"."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """The headers of a file."""
        self._answer(body=False)

    def _answer(self, body: bool) -> None:
        path = self.server.site.find(self.path)
        if path is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data, packed, stamp = self.server.site.content(path, path.stat().st_mtime_ns)
        same = self.headers.get("If-None-Match") == stamp
        squeezed = packed is not None and "gzip" in self.headers.get("Accept-Encoding", "")
        sent = b"" if same else packed if squeezed and packed is not None else data
        self.send_response(HTTPStatus.NOT_MODIFIED if same else HTTPStatus.OK)
        self.send_header("ETag", stamp)
        self.send_header("Vary", "Accept-Encoding")
        for name, value in self.server.headers(path.relative_to(self.server.site.folder).as_posix()).items():
            self.send_header(name, value)
        if not same:
            self.send_header("Content-Type", KINDS[path.suffix])
            self.send_header("Content-Length", str(len(sent)))
            if squeezed:
                self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        if body:
            self.wfile.write(sent)
            self.server.sent += len(sent)

    def log_message(self, *args: Any) -> None:
        """Nothing is written down about who asked for what."""


class Server(ThreadingHTTPServer):
    """Serves a site; ``sent`` counts the bytes of all answers."""

    daemon_threads = True

    def __init__(self, site: Path, port: int = 0, headers: Callable[[str], Mapping[str, str]] = headers_of) -> None:
        self.site, self.headers, self.sent = Site(site), headers, 0
        try:
            super().__init__(("127.0.0.1", port), Handler)
        except OSError as error:
            raise CannotDo(f"Port {port} is taken ({error.strerror}): choose another with --port.") from error

    @property
    def address(self) -> str:
        """Where the site is to be seen."""
        return f"http://127.0.0.1:{self.server_address[1]}/"
