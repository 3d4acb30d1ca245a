"""Workers: who takes an attempt, runs it, keeps its log, and reports its end."""
