"""The libraries that run neural networks, one module each: see `pipeline.ocr.network`."""
