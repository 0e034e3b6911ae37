"""What the real service publishes, judged by programs that others wrote."""
