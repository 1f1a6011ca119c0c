"""The front door: the command line."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    raise SystemExit("mentorbook: the command line is not built yet")


if __name__ == "__main__":
    main()
