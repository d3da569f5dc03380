"""What a reading loses or garbles, made on purpose: does the record say that it is unsure? (python -m bench.tamper)"""
