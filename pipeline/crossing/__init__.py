"""Topics beside categories and beside what is known of respondents: who bears what, what no category holds, what differs."""
