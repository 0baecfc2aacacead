"""Accident insurance bought for elders (老年人意外伤害保险): who is on which list on a day."""
