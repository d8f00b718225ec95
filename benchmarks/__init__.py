"""Benchmarks: our figures beside the peers', measured in one run.

python -m benchmarks [NAME...] [--quick] [--work DIR] [--words DIR] [--json FILE]
"""
