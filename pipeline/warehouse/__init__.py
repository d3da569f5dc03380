"""Records as tables, for people who query: pandas frames, Parquet and JSON Lines, figures exact throughout."""
