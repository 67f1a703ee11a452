"""What the permits of the demo allow at an outlet: limits of the emission standards, by industry.

Belongs here: concentrations of the standards that a fictional permit cites, for the substances of the recipes.
Does not belong here: limits that decide anything in the warehouse (the seed environmental_standard).

A substance that its standard does not name has no limit, which a permit prints as ``/``.
"""

from __future__ import annotations

# mg/m3 (dioxins ng-TEQ/m3); the stricter columns, for key areas
_RESIN = {"NMHC": 60.0, "TSP": 20.0, "100-42-5": 20.0, "107-13-1": 0.5, "106-99-0": 1.0, "106-89-8": 15.0,
          "108-95-2": 15.0, "50-00-0": 5.0, "75-07-0": 20.0, "7664-39-3": 5.0, "7647-01-0": 20.0, "141-32-2": 20.0,
          "80-62-6": 50.0, "71-43-2": 2.0, "108-88-3": 8.0, "100-41-4": 50.0, "75-09-2": 50.0}  # fmt: skip
_PETROCHEMICAL = {"NMHC": 120.0, "TSP": 20.0, "7446-09-5": 50.0, "NOX": 100.0, "7647-01-0": 30.0, "71-43-2": 4.0,
                  "108-88-3": 15.0, "1330-20-7": 20.0, "100-41-4": 100.0, "100-42-5": 50.0, "106-99-0": 1.0,
                  "75-21-8": 0.5, "106-89-8": 10.0, "75-07-0": 50.0, "107-21-1": 50.0}  # fmt: skip
STACK: dict[str, dict[str, float]] = {
    "GB 31572-2015": _RESIN,
    "GB 31571-2015": _PETROCHEMICAL,
    "GB 31570-2015": {"NMHC": 120.0, "71-43-2": 4.0, "108-88-3": 15.0, "7446-09-5": 50.0, "NOX": 100.0},
    "GB 15581-2016": {"75-01-4": 10.0, "107-06-2": 5.0, "7647-01-0": 20.0, "NMHC": 50.0, "TSP": 60.0},
    "GB 37824-2019": {"NMHC": 60.0, "TSP": 20.0},
    "GB 37823-2019": {"NMHC": 60.0},
    "GB 18484-2020": {"DIOXIN-TEQ": 0.5, "7439-97-6": 0.05, "7440-43-9": 0.05, "7439-92-1": 0.5, "7647-01-0": 50.0,
                      "NOX": 250.0, "7446-09-5": 80.0},
    "GB 27632-2011": {"NMHC": 10.0, "TSP": 12.0},
    "GB 13223-2011": {"NOX": 50.0, "7446-09-5": 35.0, "TSP": 10.0},
    "GB 20950-2020": {"NMHC": 25000.0},
    "GB 16297-1996": {"NMHC": 120.0, "TSP": 120.0},
}  # fmt: skip
# mg/L
WATER: dict[str, dict[str, float]] = {
    "GB 31572-2015": {"100-42-5": 0.1, "107-13-1": 2.0, "106-89-8": 0.02, "108-95-2": 0.3, "80-05-7": 0.1,
                      "50-00-0": 1.0, "108-88-3": 0.1, "75-09-2": 0.2, "75-07-0": 0.5},
    "GB 31571-2015": {"71-43-2": 0.1, "108-88-3": 0.1, "100-42-5": 0.2, "75-07-0": 0.5, "106-89-8": 0.02},
    "GB 31570-2015": {"71-43-2": 0.1},
    "GB 15581-2016": {"75-01-4": 0.5},
    "GB 21904-2008": {"75-09-2": 0.3},
    "GB 21900-2008": {"18540-29-9": 0.2},
    "GB 8978-1996": {"62-53-3": 1.0, "84-74-2": 0.2, "117-81-7": 0.3, "7439-92-1": 1.0, "7440-38-2": 0.5},
}  # fmt: skip
_STACK_STANDARD = {
    "pvc": "GB 15581-2016", "sbr": "GB 31571-2015", "pet": "GB 31571-2015", "olefin": "GB 31571-2015",
    "oxide": "GB 31571-2015", "chlorohydrin": "GB 31571-2015", "refinery": "GB 31570-2015", "coating": "GB 37824-2019",
    "pharma": "GB 37823-2019", "waste": "GB 18484-2020", "rubber": "GB 27632-2011", "power": "GB 13223-2011",
    "store": "GB 20950-2020", "agent": "GB 16297-1996", "degrease": "GB 16297-1996", "port": "GB 16297-1996",
}  # fmt: skip
_WATER_STANDARD = {"pharma": "GB 21904-2008", "degrease": "GB 21900-2008"}
_RESIN_STANDARD = "GB 31572-2015"  # resins, and the plastics that are made of them


def standard(kind_id: str, medium: str) -> str:
    """The standard that a kind of plant answers to for air or water."""
    stack = _STACK_STANDARD.get(kind_id, _RESIN_STANDARD)
    if medium == "air":
        return stack
    if kind_id in _WATER_STANDARD:
        return _WATER_STANDARD[kind_id]
    return stack if stack in WATER and kind_id != "plastic" else "GB 8978-1996"


def limit(kind_id: str, medium: str, code: str) -> float | None:
    """Limit of a substance at a stack (mg/m3; dioxins ng-TEQ/m3) or waste water outlet (mg/L), None: not named."""
    table = STACK if medium == "air" else WATER
    return table[standard(kind_id, medium)].get(code)
