"""核数: a colleague who reads any report with a calculator; pure, without Django and without records."""
