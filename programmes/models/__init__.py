"""Programmes, cohorts, people, and what leads to pairs."""

from programmes.models.approval import Approval, ApprovalLink
from programmes.models.assignment import Assignment
from programmes.models.choosing import MentorRequest, Shortlisted
from programmes.models.cohort import Cohort
from programmes.models.concern import Concern, ConcernLead, ConcernNote
from programmes.models.expenses import Claim, ClaimLine
from programmes.models.gathering import Gathering, GatheringFeedback, Guest
from programmes.models.handbook_edit import HandbookEdit
from programmes.models.issue import Issue, IssueNote
from programmes.models.library import LibraryFile, LibraryFileCohort, LibraryVersion
from programmes.models.line_manager import LineManager, ManagerLink, ManagerWord
from programmes.models.mailing import Mailing
from programmes.models.matching import Conflict, Criterion, MatchRun, Proposal
from programmes.models.outside import OutsideLink
from programmes.models.participant import Away, Invitation, Participant
from programmes.models.people_import import ImportMapping, PeopleImport
from programmes.models.programme import Programme
from programmes.models.public_notice import PublicNotice
from programmes.models.sheet import Sheet
from programmes.models.staff_needs import NeedsAsking, NeedsLink, StaffManager
from programmes.models.suggestion import Suggestion
from programmes.models.training import Training
from programmes.models.worksheet_draft import WorksheetDraft

__all__ = [
    "Approval",
    "ApprovalLink",
    "Assignment",
    "Away",
    "Claim",
    "ClaimLine",
    "Cohort",
    "Concern",
    "ConcernLead",
    "ConcernNote",
    "Conflict",
    "Criterion",
    "Gathering",
    "GatheringFeedback",
    "Guest",
    "HandbookEdit",
    "ImportMapping",
    "Invitation",
    "Issue",
    "IssueNote",
    "LibraryFile",
    "LibraryFileCohort",
    "LibraryVersion",
    "LineManager",
    "Mailing",
    "ManagerLink",
    "ManagerWord",
    "MatchRun",
    "MentorRequest",
    "NeedsAsking",
    "NeedsLink",
    "OutsideLink",
    "Participant",
    "PeopleImport",
    "Programme",
    "Proposal",
    "PublicNotice",
    "Sheet",
    "Shortlisted",
    "StaffManager",
    "Suggestion",
    "Training",
    "WorksheetDraft",
]
