"""The tracker and all that follows from it: files and tables in, problems, figures, flags and reports out."""
