"""The front door: the command line of Mentorbook, put together from the rooms' own commands."""

from __future__ import annotations

import os
import sys
from datetime import date
from functools import cache

import typer

from workbook import __version__, commands
from workbook.commands.ending import Stopped, harmless, plain_streams, stoppable
from workbook.commands.unheard import patient_streams
from workbook.model.problem import CannotDo
from workbook.package.memory import leave_lying, left_in_peace
from workbook.package.run import beginning


@cache
def command_line(asked: str = "") -> typer.Typer:
    """All commands; where ``asked`` is one of the core's, those of its module, which take less time to begin."""
    line = typer.Typer(
        name="mentorbook",
        help="Check a progress mentor's tracker, see who needs you this week, and build every learner's report.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    line.callback()(_options)
    if not commands.register(line, asked):
        from addin import commands as addin_commands

        addin_commands.register(line)
    return line


def __getattr__(name: str) -> typer.Typer:
    """``app``, the whole command line, for whoever looks at it from outside."""
    if name != "app":
        raise AttributeError(name)
    return command_line()


def _show_version(asked: bool) -> None:
    if asked:
        print(f"mentorbook {__version__}")
        raise typer.Exit


def _options(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", callback=_show_version, is_eager=True, help="Show the version."),
) -> None:
    """Options that go before any command."""
    context.with_resource(beginning(date.today()))  # noqa: DTZ011 - the day in a mentor's own room


def main() -> None:
    """Run the command line: exit 0 done and nothing found, 1 done and problems found, 2 could not do it."""
    leave_lying()
    with patient_streams():
        plain_streams()
        _run()


def _run() -> None:
    """Run the command asked for; a sentence for whatever goes wrong."""
    try:
        with left_in_peace(), stoppable():
            asked = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
            command_line(asked)()
    except CannotDo as why:
        _stop(str(why))
    except (KeyboardInterrupt, Stopped):
        _stop("Stopped; nothing half-made was left behind.")
    except OSError as why:
        place = f" ({why.filename})" if why.filename else ""
        _stop(f"The computer refused{place}: {why.strerror or why}. Nothing was changed; mend that and run it again.")
    except Exception as why:
        if isinstance(why, UnicodeEncodeError) and not why.encoding.lower().startswith("utf"):
            _stop(
                f"This computer is set to a language without the letter {ascii(why.object[why.start])[1:-1]}, so no "
                "file can bear it in its name. Nothing was changed; run it again with PYTHONUTF8=1 set."
            )
        if os.environ.get("MENTORBOOK_DEBUG"):
            raise
        _stop(
            f"Mentorbook stumbled over something it did not expect ({type(why).__name__}). Nothing was changed; "
            "run it again with MENTORBOOK_DEBUG=1 set and send the text to whoever looks after it."
        )


def _stop(sentence: str) -> None:
    print(harmless(sentence, one_line=True), file=sys.stderr)
    raise SystemExit(2) from None


if __name__ == "__main__":
    main()
