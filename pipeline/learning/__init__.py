"""The coder that learns: training sentences, features, classifier, context, certainty, and the file that freezes a version."""
