"""Which operations of the API are about care, conversations, vetting, figures, who looked, what is held, training and development, so that their own tests call them, acting in a role?"""

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
    "classes", "makeClass", "classSheet", "addToClass", "takeOffClass", "signClass", "correctClass", "putClassRight",
    "cancelClass", "waivers", "waiver", "proposeWaiver", "decideWaiver", "takeBackWaiver", "endWaiver",
    "myEarlierLearning", "claimEarlierLearning", "takeBackEarlierLearning", "earlierLearning", "judgeEarlierLearning",
    "providers", "enterProvider", "licenseProvider", "endProviderLicence", "doubts", "answerDoubt",
    "statements", "mapActivity", "endMapping", "nameAccount", "ignoreAccount",
)  # fmt: skip
DEVELOPMENT = (
    "myCpd", "writeCpd", "myCpdEntry", "changeCpd", "shareCpd", "takeBackCpd", "addToCpd", "putCpdAside", "bringCpdBack",
    "sharedCpd", "sharedCpdEntry", "verifyCpd", "attachToCpd", "myCpdFile", "takeCpdFileAway", "sharedCpdFile",
)  # fmt: skip
CONVERSATIONS = (
    "conversationsDue", "teamConversations", "conversationsOf", "prepareConversation", "saveConversationDraft",
    "shareConversation", "myConversations", "openConversations", "shutConversations", "conversation",
    "saveAnswerDraft", "answerConversation", "addToConversation", "agreeAction", "tickAction",
)  # fmt: skip
EVIDENCE = (
    "recordMyEvidence", "recordEvidence", "evidenceRecord", "correctEvidence", "withdrawEvidence", "verifyEvidence",
    "takeBackVerification", "declineEvidence", "toVerify", "attachToEvidence", "evidenceFile", "takeFileAway",
)  # fmt: skip
LEADERSHIP = (
    "myLeadership", "myExamples", "writeExample", "myExample", "changeExample", "offerExample", "putExampleAside",
    "bringExampleBack", "leadershipWaiting", "leadershipOf", "judgeLeadership", "attachToExample",
    "myExampleFile", "takeExampleFileAway", "leadershipFile",
)  # fmt: skip
CONFIDENTIAL = frozenset(
    (
        *CARE,
        *CONVERSATIONS,
        *VETTING,
        *FIGURES,
        *READING,
        *HELD,
        *TRAINING,
        *DEVELOPMENT,
        *EVIDENCE,
        *LEADERSHIP,
    )
)
