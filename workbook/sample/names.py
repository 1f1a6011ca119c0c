"""Plainly fictional people: names with accents, apostrophes and hyphens, numbers and addresses nobody has.

Phone numbers come from the ranges Ofcom keeps free for drama (0113 496 0000 to 0999 and 07700 900000 to 900999),
addresses from the domain ``example``, which is never given out (RFC 2606), postcodes from the area ZZ.
"""

from __future__ import annotations

import unicodedata
from random import Random

SHE, HE, THEY = "she/her", "he/him", "they/them"

# fmt: off
FIRST_NAMES: dict[str, tuple[str, ...]] = {
    SHE: (
        "Aaliyah", "Ada", "Agnieszka", "Aisha", "Amélie", "Amira", "Anaïs", "Beatrix", "Bronwyn", "Chloë", "Daisy",
        "D'Arcy", "Eilidh", "Ellie-Mae", "Esme", "Fatima", "Florence", "Gráinne", "Hafsa", "Halima", "Imogen", "Inès",
        "Iris", "Jaya", "Jodie", "Kezia", "Lacey", "Layla-Rose", "Lucía", "Maëlle", "Maryam", "Millie", "Niamh",
        "Nevaeh", "Oluchi", "Orla", "Poppy", "Priya", "Renée", "Róisín", "Sabah", "Siân", "Sofía", "Tegan", "Tia",
        "Umm-Kulthum", "Wanda", "Yasmin", "Zara", "Zoë",
    ),
    HE: (
        "Aaron", "Abdirahman", "Adão", "Alfie", "André", "Archie", "Bartłomiej", "Bilal", "Callum", "Caleb", "Ciarán",
        "Dafydd", "Danyal", "De'Andre", "Dominik", "Elijah", "Emre", "Ethan", "Finlay", "François", "George", "Hamza",
        "Harvey", "Hugo", "Ibrahim", "Idris", "Jaxon", "Jean-Luc", "José", "Joshua", "Kacper", "Kai", "Leon", "Łukasz",
        "Mason", "Matteo", "Mohammed", "Noah", "Oisín", "Oliver", "Oscar", "Rafał", "Reece", "Ștefan", "Søren",
        "Tobias", "Tomáš", "Tyler-James", "Yusuf", "Zachary",
    ),
    THEY: (
        "Alex", "Ash", "Casey", "Charlie", "Frankie", "Jamie", "Jesse", "Morgan", "Quinn", "Rowan", "Sam", "Sky",
    ),
}
SURNAMES: tuple[str, ...] = (
    "Alderwick", "Appletwist", "Ashengrove", "Ásgeirsdale", "Barleymow", "Birchenough-Lee", "Bramblecote", "Brookfern",
    "Candlewick", "Çelikbrook", "Cobblestone", "Copperwheat", "D'Ambervale", "D'Souzafield", "Dandelow",
    "De la Meadow", "Dovecrest", "Élanbrook", "Elderflower", "Everbright", "Fairweather-Khan", "Fennelworth",
    "Fernihough-Bell", "Finchdale", "Foxglover", "Frostwick", "Gardenstone", "Gooseberry", "Greenacorn", "Harebellow",
    "Hazelmere-Ali", "Heatherstone", "Hollybourne", "Honeywell-Begum", "Ivybridger", "Juniperson", "Kestrelman",
    "Kingfisherly", "Lanternby", "Larkspurre", "Lavenderley", "Łąkowski-Moss", "MacThistle", "Maplethorn",
    "Marigoldson", "Meadowsweet", "Mistlethwaite", "Moonraker", "Mossington", "Müllerwood", "Nettlefold",
    "Nightingaler", "Núñezfield", "O'Bracken", "O'Cloverdale", "O'Quillan", "Oakapple", "Orchardson", "Owlerton-Diaz",
    "Pebblewhite", "Pinecroft", "Poppleford", "Primrosely", "Quillfeather", "Rainford-Osei", "Reedwarbler",
    "Rosehipper", "Rowanberry", "Saffronwood", "Sandpiper", "Silverbirch", "Skylarker", "Snowdroppe", "Sorrelby",
    "Starlingham", "St. Juniper", "Sunnybank", "Swallowfield", "Tamarisk", "Teaselby", "Thistlewood", "Thornapple",
    "Thyme-Patel", "Tumbledown", "Underbough", "Velvetleaf", "Violette", "Walnutter", "Waterlily", "Weatherby-Roe",
    "Whistlewood", "Wildgoose", "Willowherb", "Windfallow", "Woodsorrel", "Wrenbury", "Yarrowfield", "Yewtree",
    "Żurawbrook", "Zinniaman",
)
# fmt: on
NICKNAMES = {
    "Mohammed": "Mo",
    "Abdirahman": "Abdi",
    "Bartłomiej": "Bartek",
    "Agnieszka": "Aga",
    "Zachary": "Zac",
    "Beatrix": "Bea",
    "Joshua": "Josh",
    "Florence": "Flo",
    "Ethan": "Eth",
    "Imogen": "Immy",
    "Elijah": "Eli",
}  # fmt: skip
STREETS = (
    "Acorn Row", "Bluebell Lane", "Cartwheel Close", "Dragonfly Street", "Elm Yard", "Ferry Steps", "Glassworks Road",
    "Hedgehog Way", "Inkwell Terrace", "Jigsaw Court", "Kite Hill", "Lamplight Avenue",
)  # fmt: skip


def mobile(rng: Random) -> str:
    """A mobile number kept for drama."""
    return f"07700 900{rng.randrange(1000):03d}"


def landline(rng: Random) -> str:
    """A Leeds number kept for drama."""
    return f"0113 496 0{rng.randrange(1000):03d}"


def address(rng: Random) -> str:
    """An address on one line, in a place that is not there."""
    code = f"ZZ{rng.randrange(1, 10)} {rng.randrange(1, 10)}AA"
    return f"{rng.randrange(1, 98)} {rng.choice(STREETS)}, Exampleton, {code}"


def plain(text: str) -> str:
    """``text`` in small plain letters, for an address: ``O'Quillan`` is ``oquillan``."""
    swapped = text.translate(str.maketrans("łŁøØ", "lLoO"))
    letters = unicodedata.normalize("NFKD", swapped).encode("ascii", "ignore").decode().lower()
    return "".join(letter for letter in letters if letter.isalpha())
