"""What the college, or the user in Excel's Trust Center, may have forbidden: settings that stop the add-in or Python.

Names and values are those of Microsoft's administrative templates for Office 16 and Defender, and of its list of
preferences for Office for Mac.
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator
from dataclasses import dataclass

from addin.desktop.places import ADDIN, System
from addin.desktop.setup.finding import Computer, Finding, good, mend, note
from addin.desktop.setup.registry import Value, read
from addin.desktop.xlam.told import is_signed

LINK = "Policy"
TRUST_CENTER = "In Excel: File, Options, Trust Center, Trust Center Settings, "
POLICY_ROOTS = (
    r"HKCU\Software\Policies\Microsoft\Office\16.0",
    r"HKLM\Software\Policies\Microsoft\Office\16.0",
    r"HKCU\Software\Policies\Microsoft\Cloud\Office\16.0",
)
OWN_ROOT = r"HKCU\Software\Microsoft\Office\16.0"


@dataclass(frozen=True)
class Rule:
    """A setting of Office that stops the add-in when it is on: where, what it does, and what to do."""

    key: str
    name: str
    found: str
    by_it: str
    by_user: str = ""


RULES = (
    Rule(
        "Common",
        "VBAOFF",
        "VBA is switched off for all of Office, and no add-in with macros can run.",
        "Ask IT to take back the policy “Disable VBA for Office applications” for you.",
    ),
    Rule(
        r"Excel\Security",
        "DisableAllAddins",
        "All add-ins of Excel are switched off.",
        "Ask IT to take back the policy “Disable all application add-ins” for Excel.",
        TRUST_CENTER + "Add-ins: clear “Disable all Application Add-ins”.",
    ),
    Rule(
        r"Excel\Security",
        "RequireAddinSig",
        "Excel only loads add-ins signed by a trusted publisher, and this one is not signed.",
        "Ask IT to sign Mentorbook.xlam with the college's certificate and to install that file (docs/for-it.md).",
        TRUST_CENTER + "Add-ins: clear “Require Application Add-ins to be signed by Trusted Publisher”.",
    ),
)

_CMD = r"HKCU\Software\Policies\Microsoft\Windows\System"
ASR_KEYS = (
    r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
    r"HKLM\SOFTWARE\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules",
)
ASR_MANAGED = r"HKLM\SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
ASR_RULES = {
    "d4f940ab-401b-4efc-aadc-ad5f3c50688a": "Block all Office applications from creating child processes",
    "92e97fa1-2edf-4476-bdd6-9dd0b4dddc7b": "Block Win32 API calls from Office macros",
}
_BLOCK, _WARN = "1", "6"

MAC_PREFERENCES = {
    "VisualBasicEntirelyDisabled": (True, "Visual Basic is switched off in Office"),
    "VisualBasicMacroExecutionState": ("DisabledWithoutWarnings", "Macros are switched off in Office"),
    "DisableVisualBasicMacScript": (True, "Visual Basic may not use AppleScript, through which Excel starts Python"),
}
_MAC_DOMAIN = "com.microsoft.office.plist"


def policies(computer: Computer) -> list[Finding]:
    """Every setting that stands in the way; one good finding if there is none."""
    on_mac = computer.places.system is System.MACOS
    found = list(_on_mac(computer) if on_mac else _on_windows(computer))
    return found or [good(LINK, "Nothing that is set on this computer stops add-ins, macros or Python")]


def office_setting(computer: Computer, key: str, name: str) -> tuple[Value | None, bool]:
    """A setting of Office and whether a policy sets it; a policy counts before the user's own choice."""
    for root in POLICY_ROOTS:
        value = read(computer.registry, f"{root}\\{key}", name)
        if value is not None:
            return value, True
    return read(computer.registry, f"{OWN_ROOT}\\{key}", name), False


def _on_windows(computer: Computer) -> Iterator[Finding]:
    for rule in RULES:
        value, by_policy = office_setting(computer, rule.key, rule.name)
        if value != 1:
            continue
        if rule.name == "RequireAddinSig" and is_signed(computer.places.addin):
            yield note(LINK, "Excel only loads signed add-ins; this one is signed.", "Ask IT to trust its publisher.")
        else:
            yield mend(LINK, rule.found, rule.by_it if by_policy or not rule.by_user else rule.by_user)
    yield from _managed_addins(computer)
    if read(computer.registry, _CMD, "DisableCMD") in (1, 2):
        yield mend(
            LINK,
            "The command prompt is forbidden, and Excel starts Python through it.",
            "Ask IT to take back the policy “Prevent access to the command prompt” for you.",
        )
    yield from _attack_surface(computer)


def _managed_addins(computer: Computer) -> Iterator[Finding]:
    """The list of add-ins that IT manages: 0 blocks one, 1 and 2 let it run."""
    listed, _ = office_setting(computer, r"Excel\Resiliency\AddinList", ADDIN)
    only_listed, _ = office_setting(computer, r"Excel\Resiliency", "RestrictToList")
    if str(listed) == "0":
        yield mend(
            LINK, f"{ADDIN} is blocked by the college.", "Ask IT why; its value in the list of managed add-ins is 0."
        )
    elif only_listed == 1 and str(listed) not in ("1", "2"):
        yield mend(
            LINK,
            "Excel only loads add-ins that the college has listed.",
            f"Ask IT to add {ADDIN} with the value 1 to the policy “List of managed add-ins” for Excel.",
        )


def _attack_surface(computer: Computer) -> Iterator[Finding]:
    """Defender's rules against attacks; both stop what a button must do: load the DLL, and start Python."""
    for rule, name in ASR_RULES.items():
        state = _asr_state(computer, rule)
        if state in (_BLOCK, _WARN):
            what = "stops" if state == _BLOCK else "asks about"
            yield mend(
                LINK,
                f"Microsoft Defender {what} Python when Excel starts it (rule “{name}”).",
                "Ask IT for an exclusion of the folder of Mentorbook's Python from this rule (docs/for-it.md).",
            )


def _asr_state(computer: Computer, rule: str) -> str | None:
    for key in ASR_KEYS:
        value = read(computer.registry, key, rule)
        if value is not None:
            return str(value)
    managed = str(read(computer.registry, ASR_MANAGED, "ASRRules") or "")
    states = dict(one.lower().split("=", 1) for one in managed.split("|") if "=" in one)
    return states.get(rule)


def _on_mac(computer: Computer) -> Iterator[Finding]:
    managed = computer.root / "Library" / "Managed Preferences"
    files = [
        (managed / _MAC_DOMAIN, True),
        (managed / computer.places.home.name / _MAC_DOMAIN, True),
        (computer.places.home / "Library" / "Preferences" / _MAC_DOMAIN, False),
    ]
    seen: set[str] = set()
    for path, by_it in files:
        try:
            held = plistlib.loads(path.read_bytes())
        except (OSError, ValueError):
            continue
        for name in MAC_PREFERENCES.keys() & held.keys() - seen:
            seen.add(name)
            bad, found = MAC_PREFERENCES[name]
            if held[name] == bad:
                own = f"In Terminal, run: defaults delete com.microsoft.office {name}"
                yield mend(LINK, f"{found}.", f"Ask IT to change the preference {name} for you." if by_it else own)
