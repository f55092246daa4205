"""Who speaks where: from blocks or cues to turns with speaker, role and time."""
