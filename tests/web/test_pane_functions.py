"""The worksheet functions of the Office add-in: all cells of a calculation in one message, answers as from Python."""

from __future__ import annotations

from typing import Any

import pytest

from addin.functions import declared
from addin.functions.declaring import DECLARED
from tests.web.excel import Pane

pytestmark = pytest.mark.browser

# For each function one call as Excel makes it, and a range that is long enough for 2,000 cells.
CALLS: dict[str, list[Any]] = {
    "APL_POINTS": [[["APL4"]], [["APL"]], [["Scale", "Level", "Points"], ["APL", "APL4", 4]]],
    "APL_EXPECTED": [[[2]], [[8]], [[0.5]]],
    "APL_STATUS": [[[3]], [[4]], [[0.5]]],
    "APL_CHANGE": [[[2, "", 4]]],
    "APL_FORECAST": [[[2, 3, 4]], [[0.2, 0.4, 0.6]]],
    "ATTENDANCE": [[["/", "\\", "O"]], [["Code", "Class"], ["/", "Present"], ["\\", "Present"], ["O", "Unauthorised"]]],
    "UPN_CHECK": [[["A123456789012"]]],
    "ULN_CHECK": [[["9999999999"]]],
    "SCHOOL_DAYS": [[[46272]], [[46276]], [["Kind", "Name", "Start", "End"], ["Term", "Autumn", 46266, 46371]]],
    "APL_FLAGS": [[["Learner ID"], [""]], [["Learner ID", "Subject", "Scale"], ["", "", ""]],
                  [["Learner ID", "Week"], ["", ""]], [["Name", "Value"], ["", ""]], [[46300]]],
}  # fmt: skip


def test_two_thousand_cells_of_each_function_are_one_message(pane: Pane) -> None:
    assert set(CALLS) == set(DECLARED) == set(pane.page.evaluate("Object.keys(__functions)"))
    for name, arguments in CALLS.items():
        many = 2_000
        answers = pane.page.evaluate(
            """async ([name, given, many]) => {
              window.asked = 0;
              const post = Worker.prototype.postMessage;
              Worker.prototype.postMessage = function (...all) { window.asked++; return post.apply(this, all); };
              const cells = Array.from({ length: many }, () => __functions[name](...given, { address: "A1" }));
              const all = await Promise.all(cells);
              Worker.prototype.postMessage = post;
              return [new Set(all.map((one) => JSON.stringify(one))).size, all[0]];
            }""",
            [name, arguments, many],
        )
        direct = getattr(declared, name)(*[[[None if v == "" else v for v in row] for row in one] for one in arguments])
        assert answers == [1, [["" if value is None else value for value in row] for row in direct]], name
        assert pane.page.evaluate("window.asked") == 1, name
    error = pane.page.evaluate("__functions.APL_CHANGE([[{ code: '#N/A' }, 4]], {})")
    assert error == [["Points must be a number, not the error #N/A."]]
