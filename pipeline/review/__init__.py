"""What people look at: the mismatch report over a folder of records."""
