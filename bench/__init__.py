"""Seeded, repeatable measurements: `python -m bench` lists them. Figures are ratios measured in one run."""
