"""Rules: one file each; see `base.py` for the contract. L1 fields, L2 pipelines, L3 pages, L4 words, L5 roles."""
