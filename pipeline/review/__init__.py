"""What people look at: the report and the workbook over a folder of records, and all outputs of a batch."""
