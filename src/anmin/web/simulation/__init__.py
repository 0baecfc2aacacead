"""What a change of the law would do, on screen: nothing here writes."""
