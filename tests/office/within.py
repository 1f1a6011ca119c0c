"""What makes a module of deeds one that LibreOffice loads into its own process and asks. See server.py."""

import json

import unohelper
from com.sun.star.task import XJob


class Deeds(unohelper.Base, XJob):
    """Does what a JSON line asks for with the deed of that name, and answers with a JSON line."""

    def __init__(self, deeds):
        self.deeds = deeds

    def execute(self, arguments):
        request = json.loads(arguments[0].Value)
        try:
            answer = {"answer": self.deeds[request.pop("deed")](**request)}
        except Exception as problem:
            answer = {"failed": f"{type(problem).__name__}: {problem}".split("\n")[0]}
        return json.dumps(answer)
