"""Records as tables, for people who query: pandas frames, Parquet, JSON Lines, databases; figures exact throughout."""
