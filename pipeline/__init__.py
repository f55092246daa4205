"""Gemeinsamer Nenner: from German interview transcripts to a report in which every figure leads to its quotes."""

import os

__version__ = "0.1.0"

# Results must not depend on how many threads add up numbers; set before anything imports numpy, in workers too.
for _name in (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
):
    os.environ.setdefault(_name, "1")
