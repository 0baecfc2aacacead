"""The two subsidies of disabled persons (残疾人两项补贴): living and nursing."""
