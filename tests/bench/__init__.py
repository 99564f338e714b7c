"""Benchmarks: each subject beside a baseline of the same run (`python -m tests.bench`)."""
