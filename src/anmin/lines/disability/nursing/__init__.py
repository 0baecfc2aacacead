"""The nursing subsidy for severely disabled persons (重度残疾人护理补贴)."""
