"""What can anyone be permitted to do here?"""

from enum import StrEnum


class Permission(StrEnum):
    """Every permission there is; each route names one, and a route that names none answers nobody."""

    PUBLIC = "public"
    """Open to anyone, signed in or not: the front door, its style, and whether the service is well."""

    SIGN_IN = "sign in"
    """Choose who one is. Open while nobody is signed in."""

    OWN_SESSION = "own session"
    """Whatever concerns only the person signed in: their front page, signing out."""

    PASSPORT_READ = "passport: read"
    """See a person's standing, findings, evidence and timeline."""

    EVIDENCE_READ = "evidence: read"
    """See one record of what somebody met: what it says, what it said before, who changed it, and its files."""

    EVIDENCE_RECORD = "evidence: record"
    """Record what somebody met, attach files to it, correct it or withdraw it; what people say of themselves waits."""

    EVIDENCE_VERIFY = "evidence: verify"
    """Verify or decline what somebody recorded of themselves: never one's own, nor what one wrote oneself."""

    TEAM_READ = "team: read"
    """See who of one's own reports may do what, and what of theirs lapses when."""

    DESK_READ = "desk: read"
    """See a force's licences: who has lapsed, who is in grace, what lapses soon."""

    DESK_EXPORT = "desk: export"
    """Take the desk's list away as a file: exactly what the screen shows."""

    PERSON_FIND = "person: find"
    """Find a person of the force in its directory."""

    CLASS_READ = "class: read"
    """See the classes of a force, who was on each, and how they did."""

    CLASS_WRITE = "class: write"
    """Make a class, put people on it, sign its sheet and correct it; never for oneself."""

    WAIVER_READ = "waiver: read"
    """See what was waived, deferred or put down to the force, for whom and why."""

    WAIVER_PROPOSE = "waiver: propose"
    """Propose a waiver, a deferral or a failure of the force, or end one; never for oneself."""

    WAIVER_AGREE = "waiver: agree"
    """Agree, as the second person, to what was proposed, or decline it."""

    PRIOR_OWN = "earlier learning: own"
    """Claim that what one learned before meets a requirement, and see what became of the claim."""

    PRIOR_ASSESS = "earlier learning: assess"
    """Judge, as an assessor, what others claim to have learned before."""

    PROVIDER_KEEP = "provider: keep"
    """Keep the providers of a force's training and what each may deliver, and answer for what is in doubt."""

    STATEMENT_SEND = "statement: send"
    """Send statements of a force's learning system, and fetch again what that system sent."""

    STATEMENT_MAP = "statement: map"
    """See which statements of a force speak of nobody or nothing that is known, and say what they mean."""

    POLICY_READ = "policy: read"
    """Read what policy asks, in plain words, in every version."""

    POLICY_DRAFT = "policy: draft"
    """Begin the next version of policy, change it, bring it up to date, or discard it."""

    POLICY_APPROVE = "policy: approve"
    """Approve a draft of policy as the second person, with its what-if, or withdraw a version before its day."""

    WHAT_IF_READ = "what-if: read"
    """See how many people a draft of policy would make stand otherwise: small numbers hidden, exact for one's own force."""

    WHAT_IF_RUN = "what-if: run"
    """Have it worked out what a draft of policy would change, for the nation or for one's force."""

    WHAT_IF_NAMES = "what-if: names"
    """See whom of the force a draft of policy would make stand otherwise, and how."""

    WHAT_IF_EXPORT = "what-if: export"
    """Take that list away as a file: exactly what the screen shows."""

    SETTING_READ = "setting: read"
    """See what one's force has set for itself, what is proposed, and by whom."""

    SETTING_PROPOSE = "setting: propose"
    """Propose what one's force sets for itself, or that it ends, within what policy allows."""

    SETTING_APPROVE = "setting: approve"
    """Approve or refuse, as the second person, what was proposed for one's force."""

    ACCESS_READ = "access: read"
    """Read who may see what, and why."""

    NOTICE_READ = "notice: read"
    """Read the notices in one's own inbox."""

    INTAKE_READ = "intake: read"
    """See the files that were handed in for a force, and the report on each."""

    INTAKE_WRITE = "intake: write"
    """Hand in a file for a force, commit it or discard it."""

    JOB_READ = "job: read"
    """See what runs, what waits and what has died."""

    JOB_REQUEUE = "job: requeue"
    """Give a dead job another try."""

    WHO_AM_I = "who am I"
    """Ask under which name, in which role and with which permissions one is known here."""

    ROLE_READ = "role: read"
    """See who holds which role in a force, since when, given by whom."""

    ROLE_GRANT = "role: grant"
    """Give somebody a role for a force or a unit, from a day to a day, or end it."""

    ROLE_APPROVE = "role: approve"
    """Agree, as the second person, to a role that opens health, vetting, a board or privacy."""

    READINGS_OWN = "readings: own"
    """See who looked at one's own record, in which role, for what purpose, and when."""

    READINGS_OF_FORCE = "readings: of my force"
    """See who looked at whose record in a force, and who looked at unusually many."""

    READINGS_JUDGE = "readings: judge"
    """Say what was found of unusual reading, and hold a reader's name back for a while."""

    GLASS_BREAK = "glass: break"
    """Open one record out of one's reach, for a stated reason and an hour, seen by the privacy officer."""

    GLASS_REVIEW = "glass: review"
    """Say, as the second person, whether breaking the glass was right."""

    EXPORT_READ = "export: read"
    """See every export that left the force: who took it, with which filter, and its hash."""

    EXPORT_ASK = "export: ask"
    """Ask a colleague to agree to an export of many rows (more than 500 within a day), and take it away once."""

    RETURNED_ASK = "returned lines: ask"
    """Ask a colleague to agree to taking away many lines of a file that go back, and take them away once."""

    EXPORT_APPROVE = "export: approve"
    """Agree, as the second person, to an export of many rows."""

    SUBJECT_ACCESS_OWN = "subject access: own"
    """Ask for everything held on oneself, and take it away when it is ready."""

    SUBJECT_ACCESS_HANDLE = "subject access: handle"
    """See the requests of a force with their clock, and what waits for somebody's judgement."""

    EXEMPTION_CLINICAL = "exemption: clinical"
    """Judge, as a clinician, whether a health record may be given to the person it is about."""

    EXEMPTION_VETTING = "exemption: vetting"
    """Judge, as a vetting officer, whether a vetting record may be given to the person it is about."""

    RETENTION_READ = "retention: read"
    """See how long what is kept, on what basis, and what a purge would take."""

    RETENTION_PROPOSE = "retention: propose"
    """Propose a purge, or hold something back from every purge."""

    RETENTION_APPROVE = "retention: approve"
    """Agree, as the second person, to a purge."""

    CARE_OWN = "care: own"
    """See what care was offered to oneself, and say whether one takes it up."""

    CARE_READ = "care: read"
    """See the care of a person: what they attended, what was offered, what they took up."""

    CARE_NOTE = "care: note"
    """Read and write the clinical notes on a person."""

    CARE_OFFER = "care: offer"
    """Record that a person was offered support."""

    CLEARANCE_READ = "clearance: read"
    """See the level of a person's vetting, and the day through which it lasts."""

    VETTING_CASE_READ = "vetting case: read"
    """Open a vetting case that is assigned to one."""

    VETTING_CASE_WRITE = "vetting case: write"
    """Add to a vetting case that is assigned to one."""

    VETTING_CASE_ASSIGN = "vetting case: assign"
    """Propose a colleague for a vetting case, or agree to one proposed."""

    CALENDAR_OWN = "calendar: own"
    """Put one's own due days under an address that a calendar program reads, and end it."""

    CONVERSATION_OWN = "conversation: own"
    """See one's own development conversations, and what was agreed in them."""

    CONVERSATION_ANSWER = "conversation: answer"
    """Answer a conversation that was shared with oneself, sign it, and let a later supervisor read it."""

    CONVERSATION_HOLD = "conversation: hold"
    """Prepare a development conversation with one of one's reports, write it down and share it with them."""

    CONVERSATION_TAKE_PART = "conversation: take part"
    """Read a conversation as one of the two, add to it, and carry on what was agreed."""

    CONVERSATION_STATUS = "conversation: status"
    """See when somebody's last development conversation was held and when the next is due: nothing of what was said."""

    DEMAND_READ = "demand: read"
    """See how many places a force's training needs, month by month; never a name."""

    DEMAND_PEOPLE_READ = "demand people: read"
    """See who a place of training is needed for, by when, and from when."""

    DEMAND_EXPORT = "demand: export"
    """Take a force's training demand away as a file: numbers, and never a name."""

    FIGURES_READ = "figures: read"
    """See how many hold which standing, force by force, with small numbers hidden; never a name."""

    CPD_KEEP = "cpd: keep"
    """Write down what one learns from, share it with somebody by name, and take it back."""

    CPD_READ = "cpd: read"
    """Read what somebody shared of their development with one by name."""

    CPD_VERIFY = "cpd: verify"
    """Verify what somebody shared of their development with one by name."""

    LEADERSHIP_KEEP = "leadership: keep"
    """See how far one is at each leadership stage, and show examples of one's own."""

    PATHWAY_READ = "pathway: read"
    """See what somebody in one's line would need for a role, and how much of it they have."""

    LEADERSHIP_READ = "leadership: read"
    """See what somebody showed of their leadership, and how it was judged."""

    LEADERSHIP_JUDGE = "leadership: judge"
    """Judge a leadership standard of somebody, as their supervisor or as an assessor."""
