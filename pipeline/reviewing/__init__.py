"""Reading and deciding: what the last run found as readers see it, and what people say of it, kept in memory and in their lists."""
