"""Print production: a laid-out item becomes files that a print shop takes, each proved."""
