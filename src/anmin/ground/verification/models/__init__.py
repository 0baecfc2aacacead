"""Consent, what departments delivered, who was asked about, what was found, and what people made of it."""

from anmin.ground.verification.models.records import (
    ColumnMapping,
    Consent,
    Extract,
    Finding,
    FindingStep,
    Hit,
    Inquiry,
    InquiryPerson,
    InquirySource,
    VerificationReport,
    VerificationRequest,
)
from anmin.ground.verification.models.registers import RegistryQuestion, RegistryWatch

__all__ = [
    "ColumnMapping",
    "Consent",
    "Extract",
    "Finding",
    "FindingStep",
    "Hit",
    "Inquiry",
    "InquiryPerson",
    "InquirySource",
    "RegistryQuestion",
    "RegistryWatch",
    "VerificationReport",
    "VerificationRequest",
]
