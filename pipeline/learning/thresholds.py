"""The least chances of a proposal on the scale on which people and tables are told chances."""

from __future__ import annotations

import numpy as np

from pipeline.evaluating import calibration
from pipeline.learning.frozen import Certainty


def thresholds(certainty: Certainty, own: float) -> tuple[float, float]:
    """Calibrated, and raw without the question's features; `own`: the study's threshold, 0 for the model's.

    Rounded as chances are, to half floats: what stands exactly at the threshold is a proposal.
    """
    raw = np.float64(own or certainty.threshold)
    told = calibration.apply_platt(calibration.Platt(certainty.slope, certainty.offset), np.log(raw / (1 - raw)))
    return float(np.float16(told)), float(np.float16(certainty.free_threshold))
