"""What stands on a sheet beside its cells: charts with their points, and pictures, each with the place it takes."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from workbook.package.parts import Package
from workbook.package.xml_tree import Element, fromstring

_EMU = 9525  # of a pixel
_PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
_CHARTS = ("lineChart", "barChart", "areaChart", "scatterChart", "pieChart", "doughnutChart", "radarChart")


def drawings(package: Package, sheet: str) -> Iterator[dict[str, Any]]:
    """Charts and pictures of a sheet: ``from`` and ``to`` are column, pixels into it, row, pixels into it."""
    for link in package.relationships(sheet):
        if link.kind != "drawing" or link.external or package.find(link.target) is None:
            continue
        targets = {one.id: one for one in package.relationships(link.target)}
        for anchor in fromstring(package.read(link.target)):
            if not isinstance(anchor.tag, str) or anchor.find("{*}from") is None:
                continue
            place = {"from": _corner(anchor.find("{*}from")), "to": _corner(anchor.find("{*}to"))}
            for element in anchor.iter():
                told = _drawn(package, targets, element)
                if told:
                    yield place | told
                    break


def _corner(element: Element | None) -> list[int] | None:
    if element is None:
        return None
    values = [int(element.findtext(f"{{*}}{name}") or 0) for name in ("col", "colOff", "row", "rowOff")]
    return [values[0], values[1] // _EMU, values[2], values[3] // _EMU]


def _drawn(package: Package, targets: dict[str, Any], element: Element) -> dict[str, Any] | None:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    wanted = {"chart": "id", "blip": "embed"}.get(name)
    known = next((value for key, value in element.items() if wanted and key.rpartition("}")[2] == wanted), None)
    link = targets.get(known or "")
    if link is None or link.external or package.find(link.target) is None:
        return None
    if name == "chart":
        return {"chart": chart(fromstring(package.read(link.target)))}
    kind = _PICTURES.get(link.target.rpartition(".")[2].lower())
    return {"kind": kind, "picture": base64.b64encode(package.read(link.target)).decode()} if kind else None


def chart(root: Element) -> dict[str, Any]:
    """A chart's kind, title, the names along its axis, and each series with its name, colour, dash and points."""
    area = next(iter(root.iter("{*}plotArea")), root)
    plots = [(kind, one) for kind in _CHARTS for one in area.iterfind(f"{{*}}{kind}")]
    series = [_series(kind, one) for kind, plot in plots for one in plot.iterfind("{*}ser")]
    names = next((one["names"] for one in series if one["names"]), [])
    title = root.find("{*}chart/{*}title")
    words = "".join(one.text or "" for one in title.iter("{*}t")) if title is not None else ""
    bar = next((one for kind, one in plots if kind == "barChart"), None)
    across, stacked = _says(bar, "barDir", "bar"), _says(bar, "grouping", "stacked", "percentStacked")
    return {"kind": plots[0][0] if plots else "none", "across": across, "stacked": stacked, "title": words,
            "names": names, "series": [one for one in series if one.pop("names") is not None]}  # fmt: skip


def _says(plot: Element | None, name: str, *values: str) -> bool:
    told = plot.find(f"{{*}}{name}") if plot is not None else None
    return told is not None and told.get("val") in values


def _series(kind: str, ser: Element) -> dict[str, Any]:
    line = ser.find("{*}spPr/{*}ln") if kind == "lineChart" else ser.find("{*}spPr")
    colour = next((one.get("val") for one in (line.iter("{*}srgbClr") if line is not None else ())), None)
    hidden = line is not None and line.find("{*}noFill") is not None
    dash = line.find("{*}prstDash") if line is not None else None
    names = _points(ser.find("{*}cat")) or _points(ser.find("{*}xVal"))
    values = _points(ser.find("{*}val")) or _points(ser.find("{*}yVal"))
    labels = ser.find("{*}dLbls")
    own = labels.find("{*}showSerName") if labels is not None else None
    shows_name = own is not None and own.get("val", "1") not in ("0", "false")
    return {"kind": kind, "name": " ".join(_points(ser.find("{*}tx"))), "names": names, "hidden": hidden,
            "colour": f"#{colour}" if colour else None, "label": shows_name,
            "dash": dash is not None and dash.get("val") not in (None, "solid"),
            "points": [_number(value) for value in values]}  # fmt: skip


def _points(holder: Element | None) -> list[str]:
    """The cached texts of a reference, blanks as empty texts."""
    if holder is None:
        return []
    points = {int(one.get("idx", "0")): one.findtext("{*}v") or "" for one in holder.iter("{*}pt")}
    count = next((int(one.get("val", "0")) for one in holder.iter("{*}ptCount")), len(points))
    plain = next((one.text or "" for one in holder.iterfind("{*}v")), "")
    return [points.get(i, "") for i in range(min(count, 500))] or ([plain] if plain else [])


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
