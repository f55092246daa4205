"""Which passages to read next: to learn (uncertain, diverse), to estimate (random, stratified), to control (rare, negative), for two at once."""
