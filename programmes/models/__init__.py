"""Programmes, cohorts, people, and what leads to pairs."""

from programmes.models.assignment import Assignment
from programmes.models.cohort import Cohort
from programmes.models.gathering import Gathering, Guest
from programmes.models.handbook_edit import HandbookEdit
from programmes.models.issue import Issue, IssueNote
from programmes.models.mailing import Mailing
from programmes.models.matching import Conflict, Criterion, MatchRun, Proposal
from programmes.models.participant import Away, Invitation, Participant
from programmes.models.people_import import ImportMapping, PeopleImport
from programmes.models.programme import Programme

__all__ = [
    "Assignment",
    "Away",
    "Cohort",
    "Conflict",
    "Criterion",
    "Gathering",
    "Guest",
    "HandbookEdit",
    "ImportMapping",
    "Invitation",
    "Issue",
    "IssueNote",
    "Mailing",
    "MatchRun",
    "Participant",
    "PeopleImport",
    "Programme",
    "Proposal",
]
