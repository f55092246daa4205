"""Room of the verb `explore`: words in context, what goes with them, what is key, what no category holds, notes beside it."""
