"""What the portal knows: the only part of the app that talks to the database's tables."""

from pilots.models.accepted_warning import AcceptedWarning
from pilots.models.account_language import AccountLanguage
from pilots.models.account_session import AccountSession
from pilots.models.attempt_count import AttemptCount
from pilots.models.content_version import ContentChange, ContentQueue, ContentVersion
from pilots.models.further_reading import FurtherReading, FurtherReadingTranslation
from pilots.models.import_run import ImportRow, ImportRun
from pilots.models.last_backup import LastBackup
from pilots.models.lesson import Lesson, LessonTranslation
from pilots.models.organisations import Authority, AuthorityTranslation, Partner, PartnerTranslation
from pilots.models.parts import (
    KeyFigure,
    KeyFigureTranslation,
    OrganisationInvolved,
    OrganisationInvolvedTranslation,
)
from pilots.models.passage import Passage
from pilots.models.pilot import Pilot
from pilots.models.pilot_translation import PilotTranslation
from pilots.models.presence import Presence
from pilots.models.preview import PreviewLink
from pilots.models.revision import Revision
from pilots.models.second_factor import AuthenticatorApp, FactorRemovalRequest, Passkey, RecoveryCode
from pilots.models.security_event import SecurityEvent
from pilots.models.slugs import FormerSlug
from pilots.models.source_text import SourceText
from pilots.models.sources import GlossaryTerm, GlossaryTermTranslation, Source, SourceTranslation
from pilots.models.statement import Statement, StatementTranslation
from pilots.models.synonyms import SynonymSet
from pilots.models.unsaved_form import UnsavedForm
from pilots.models.vocabulary import (
    ActivityType,
    ActivityTypeTranslation,
    Audience,
    AudienceTranslation,
    Stage,
    StageTranslation,
    TargetGroup,
    TargetGroupTranslation,
)

__all__ = [
    "AcceptedWarning",
    "AccountLanguage",
    "AccountSession",
    "ActivityType",
    "ActivityTypeTranslation",
    "AttemptCount",
    "Audience",
    "AudienceTranslation",
    "AuthenticatorApp",
    "Authority",
    "AuthorityTranslation",
    "ContentChange",
    "ContentQueue",
    "ContentVersion",
    "FactorRemovalRequest",
    "FormerSlug",
    "FurtherReading",
    "FurtherReadingTranslation",
    "GlossaryTerm",
    "GlossaryTermTranslation",
    "ImportRow",
    "ImportRun",
    "KeyFigure",
    "KeyFigureTranslation",
    "LastBackup",
    "Lesson",
    "LessonTranslation",
    "OrganisationInvolved",
    "OrganisationInvolvedTranslation",
    "Partner",
    "PartnerTranslation",
    "Passage",
    "Passkey",
    "Pilot",
    "PilotTranslation",
    "Presence",
    "PreviewLink",
    "RecoveryCode",
    "Revision",
    "SecurityEvent",
    "Source",
    "SourceText",
    "SourceTranslation",
    "Stage",
    "StageTranslation",
    "Statement",
    "StatementTranslation",
    "SynonymSet",
    "TargetGroup",
    "TargetGroupTranslation",
    "UnsavedForm",
]
