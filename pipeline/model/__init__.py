"""What flows through the house: places, pages, documents, records and checks, all frozen."""
