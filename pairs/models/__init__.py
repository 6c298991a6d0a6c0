"""A pair's whole path."""

from pairs.models.achievement import Achievement
from pairs.models.action import Action
from pairs.models.agreement import Agreement, SigningEvent
from pairs.models.consent import Consent
from pairs.models.contact_introduction import ContactIntroduction, ContactLink
from pairs.models.ending import Ending
from pairs.models.feed import FeedToken
from pairs.models.goal import Goal, GoalChange
from pairs.models.output import FURTHER, Output
from pairs.models.outside_signer import OutsideSigner, SigningLink
from pairs.models.pairing import Pairing, PairingMember
from pairs.models.proposed_match import MatchPart, ProposedMatch
from pairs.models.proposed_times import ProposedTimes
from pairs.models.schedule import Schedule
from pairs.models.session import Session
from pairs.models.shared_file import SharedFile
from pairs.models.signed_sheet import SignedSheet

__all__ = [
    "FURTHER",
    "Achievement",
    "Action",
    "Agreement",
    "Consent",
    "ContactIntroduction",
    "ContactLink",
    "Ending",
    "FeedToken",
    "Goal",
    "GoalChange",
    "MatchPart",
    "Output",
    "OutsideSigner",
    "Pairing",
    "PairingMember",
    "ProposedMatch",
    "ProposedTimes",
    "Schedule",
    "Session",
    "SharedFile",
    "SignedSheet",
    "SigningEvent",
    "SigningLink",
]
