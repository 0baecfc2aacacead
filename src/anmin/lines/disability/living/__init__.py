"""The living allowance for disabled persons in hardship (困难残疾人生活补贴)."""
