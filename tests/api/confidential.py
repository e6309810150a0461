"""Which operations of the API are about care, vetting and figures, so that their own tests call them, acting in a role?"""

CARE = (
    "careDesk", "careOf", "recordOffer", "takeIntoCare", "writeNote", "releaseNote", "myCare", "addEvent", "answerOffer",
    "checkIn",
)  # fmt: skip
VETTING = (
    "vettingCases", "openVettingCase", "vettingCase", "addToVettingCase", "proposeForVettingCase", "concludeVettingCase",
    "takeBackVettingOutcome", "agreeToVettingOfficer", "clearances", "myVetting",
)  # fmt: skip
FIGURES = ("figures", "exportFigures")
CONFIDENTIAL = frozenset((*CARE, *VETTING, *FIGURES))
