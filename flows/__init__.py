"""What is said: conversations as plain values, with the standard library and nothing else."""
