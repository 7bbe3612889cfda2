"""Scripts that make the embedded French models; see training/README.md."""
