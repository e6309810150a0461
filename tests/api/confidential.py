"""Which operations of the API are about care, vetting, figures, who looked, what is held and training, so that their own tests call them, acting in a role?"""

"""Which operations of the API are about care, vetting, figures, who looked, what is held and development, so that their own tests call them, acting in a role?"""

CARE = (
    "careDesk", "careOf", "recordOffer", "takeIntoCare", "writeNote", "releaseNote", "myCare", "addEvent", "answerOffer",
    "checkIn",
)  # fmt: skip
VETTING = (
    "vettingCases", "openVettingCase", "vettingCase", "addToVettingCase", "proposeForVettingCase", "concludeVettingCase",
    "takeBackVettingOutcome", "agreeToVettingOfficer", "clearances", "myVetting",
)  # fmt: skip
FIGURES = ("figures", "exportFigures")
READING = (
    "myReadings", "readingsOf", "readingsBy", "readingAlerts", "seeReadingAlert", "heldBack", "holdBack", "tellAgain",
    "myGlass", "breakGlass", "endGlass", "brokenGlass", "reviewGlass",
    "exports", "export", "agreeToExport", "refuseExport", "takeDeskLicences", "askForDeskLicences",
    "takeReturnedLines", "askForReturnedLines",
)  # fmt: skip
HELD = (
    "askForEverything", "myRequest", "myCopy", "dataRequests", "extendDataRequest", "healthToJudge",
    "healthRecordToJudge", "judgeHealthRecord", "vettingToJudge", "vettingRecordToJudge", "judgeVettingRecord",
)  # fmt: skip
TRAINING = (
    "classes", "makeClass", "classSheet", "addToClass", "takeOffClass", "signClass", "correctClass",
)  # fmt: skip
DEVELOPMENT = (
    "myCpd", "writeCpd", "myCpdEntry", "changeCpd", "shareCpd", "takeBackCpd", "addToCpd", "putCpdAside", "bringCpdBack",
    "sharedCpd", "sharedCpdEntry", "verifyCpd",
)  # fmt: skip
CONFIDENTIAL = frozenset((*CARE, *VETTING, *FIGURES, *READING, *HELD, *TRAINING, *DEVELOPMENT))
