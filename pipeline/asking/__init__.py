"""Room of stage 5: what an interviewer asks, whether the words suggest the answer, and what kind of answer came."""
