"""The registry interface of the Digital Convergence Initiative, version 1.0.0: its messages and its signatures as values.

Whoever asks and whoever answers use the same ones: `ground/verification/registry_interface` and `ground/registry`.
"""

VERSION = "1.0.0"
