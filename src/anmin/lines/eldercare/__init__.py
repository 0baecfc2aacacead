"""Care for elders (养老服务): allowances by age and accident insurance."""
