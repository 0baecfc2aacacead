"""核数 in the browser: paste or upload a report, see its numbers, correct a reading, judge anew."""
