"""Which arguments of Excel's functions are areas, so that a single cell there stands for all rows it became.

`=AVERAGE(C5)` below a row 5 that repeats means the average of the rows; `=C5*2` there means the first of them.
"""

from __future__ import annotations

from collections.abc import Callable

_MANY = frozenset(
    "SUM AVERAGE AVERAGEA COUNT COUNTA MIN MAX MINA MAXA MEDIAN PRODUCT STDEV STDEV.S STDEV.P STDEVP STDEVA STDEVPA "
    "VAR VAR.S VAR.P VARP VARA VARPA MODE MODE.SNGL MODE.MULT SKEW SKEW.P KURT SUMSQ "
    "GEOMEAN HARMEAN DEVSQ AVEDEV AND OR XOR CONCAT".split()
)
"""Functions of any number of areas: `SUM(C5:C6,C9)` is what `SUM(C5)` becomes where other rows come between."""

_FIRST = frozenset(
    "COUNTBLANK COUNTIF LARGE SMALL PERCENTILE PERCENTILE.INC PERCENTILE.EXC QUARTILE QUARTILE.INC QUARTILE.EXC "
    "PERCENTRANK PERCENTRANK.INC PERCENTRANK.EXC TRIMMEAN INDEX ROWS COLUMNS UNIQUE SORT TRANSPOSE TAKE DROP "
    "CHOOSECOLS CHOOSEROWS TOCOL TOROW ARRAYTOTEXT WRAPROWS WRAPCOLS EXPAND MAP BYROW BYCOL".split()
)
_SECOND = frozenset("MATCH XMATCH RANK RANK.EQ RANK.AVG VLOOKUP HLOOKUP REDUCE SCAN".split())
_BOTH = frozenset(
    "CORREL PEARSON SLOPE INTERCEPT RSQ STEYX FREQUENCY TREND GROWTH LINEST COVAR COVARIANCE.S COVARIANCE.P SUMXMY2 "
    "SUMX2MY2 SUMX2PY2".split()
)
_OTHERS: dict[str, Callable[[int], bool]] = {
    "SUMPRODUCT": lambda argument: True,
    "SUMIF": lambda argument: argument != 1,
    "AVERAGEIF": lambda argument: argument != 1,
    "COUNTIFS": lambda argument: argument % 2 == 0,
    "SUMIFS": lambda argument: argument == 0 or argument % 2 == 1,
    "AVERAGEIFS": lambda argument: argument == 0 or argument % 2 == 1,
    "MAXIFS": lambda argument: argument == 0 or argument % 2 == 1,
    "MINIFS": lambda argument: argument == 0 or argument % 2 == 1,
    "LOOKUP": lambda argument: argument > 0,
    "XLOOKUP": lambda argument: argument in (1, 2),
    "FORECAST.LINEAR": lambda argument: argument > 0,
    "FORECAST": lambda argument: argument > 0,
    "SUBTOTAL": lambda argument: argument > 0,
    "AGGREGATE": lambda argument: argument > 1,
    "TEXTJOIN": lambda argument: argument > 1,
}


def takes_area(function: str, argument: int) -> bool:
    """Is this argument (counted from 0) an area? `function` is in capitals."""
    if function in _MANY:
        return True
    if function in _OTHERS:
        return _OTHERS[function](argument)
    return (argument == 0 and function in _FIRST | _BOTH) or (argument == 1 and function in _SECOND | _BOTH)


def takes_many(function: str) -> bool:
    """Can any argument be given as several areas?"""
    return function in _MANY


def works_on_arrays(function: str) -> bool:
    """Does the function work out whole areas inside an argument, as in `SUMPRODUCT(B5*C5)`, `FILTER(A5,B5>1)`?"""
    return function in ("SUMPRODUCT", "FILTER", "SORTBY")
