"""The registry interface of the Digital Convergence Initiative, version 1.0.0."""
