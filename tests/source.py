"""Python files as trees, each read once however many rules ask about it."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree_of(path: Path) -> ast.Module:
    """A file's tree, which nobody changes."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(node: ast.AST) -> tuple[ast.AST, ...]:
    """What stands in a piece of code at any depth, the piece itself included."""
    return tuple(ast.walk(node))
