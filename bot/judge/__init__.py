"""From evidence to a verdict: explainable rules beside a calibrated classifier."""
