"""Reading documents and splitting digests into articles."""
