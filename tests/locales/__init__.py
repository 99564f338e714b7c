"""Tests of `locales/`."""
