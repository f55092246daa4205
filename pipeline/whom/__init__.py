"""Room of the stage `stance`: about whom something is said, by clauses, subjects, possessives and what was said before."""
