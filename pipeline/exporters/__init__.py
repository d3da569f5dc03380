"""Result -> file: one module a format, with `SUFFIX` and `write(result, path)`; files appear whole or not at all."""
