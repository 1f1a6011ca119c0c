"""The tracker and all that follows from it: files and tables in, problems, figures, flags and reports out."""

__version__ = "0.1.0"
