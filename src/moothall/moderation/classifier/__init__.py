"""The classifier: a local scorer behind a port, its text, features, weights and calibration."""
