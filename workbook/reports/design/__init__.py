"""Code that makes the report templates in `templates/`, the same bytes each time."""
