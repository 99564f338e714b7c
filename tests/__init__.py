"""Tests, and the stand-ins that they talk to."""
