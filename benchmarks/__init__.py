"""How fast quotetrack is; see benchmarks/README.md."""
