"""The open workbook of an Office add-in: a snapshot in, plain actions out, worksheet functions by the batch."""

from __future__ import annotations

from addin.web.door.office import calls, pressing

DEEDS = {**pressing.DEEDS, **calls.DEEDS}
