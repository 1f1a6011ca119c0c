"""The commands of the page: build it, look at it on this computer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workbook.commands.output import Replace, file_to_make, say

PARTS = Path("mentorbook-parts")
MEGABYTE = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the group of commands for the page."""
    group = typer.Typer(name="web", help="Mentorbook as a page in the browser.", no_args_is_help=True)
    for command in (build, serve):
        group.command()(command)
    app.add_typer(group)


def build(
    out: Annotated[Path, file_to_make("SITE", "The folder to make.")],
    zipped: Annotated[Path | None, typer.Option("--zip", metavar="FILE.zip", help="The site as one file too.")] = None,
    parts: Annotated[
        Path, typer.Option("--parts", metavar="DIR", help="Where the pinned parts are kept; fetched if not there.")
    ] = PARTS,
    address: Annotated[
        str,
        typer.Option(
            "--address", metavar="https://…", help="Where it will be: makes the Office add-in's manifest.xml."
        ),
    ] = "",
    replace: Replace = False,
) -> None:
    """Make the page and the Office add-in: static files for any web server."""
    from addin.web import build as site

    made = site.build(out, parts, address=address, replace=replace)
    say(f"Made {out}: {len(made)} files, {sum(made.values()) / MEGABYTE:.1f} MB. Try it: mentorbook web serve {out}")
    if address:
        say(f"Excel finds the add-in by {out / 'manifest.xml'}: docs/for-it.md says how a college hands it out.")
    if zipped:
        site.pack(out, zipped, replace=replace)
        say(f"Made {zipped}: {zipped.stat().st_size / MEGABYTE:.1f} MB, to be unpacked on a web server.")


def serve(
    site: Annotated[Path, typer.Argument(metavar="SITE", help="A folder made by mentorbook web build.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port on this computer.")] = 8000,
) -> None:
    """Show the page on this computer only."""
    from addin.web.serve import Server

    with Server(site, port) as server:
        say(f"Mentorbook is at {server.address} on this computer; stop it with Ctrl+C.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("Stopped.")
