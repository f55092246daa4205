"""Room of the stage `actors`: which organisations and roles are spoken of, and who is said to work with whom."""
