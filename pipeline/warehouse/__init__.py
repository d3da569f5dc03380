"""Records as tables, for people who query: pandas frames with exact decimals."""
