def prove(): pass
