"""Working sheets: tables that the machine proposes and people correct; what they wrote is kept apart from what was proposed."""
