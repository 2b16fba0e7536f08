"""The handbook's tests. They mirror `macros/`; `example/` is a small handbook that they are made on."""
