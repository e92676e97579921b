"""What `make` runs: the build, the archives for fast starts, and a day from source to dashboard."""
