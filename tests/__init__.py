"""Tests. They mirror `handbook/`; `example/` is a small handbook that they stand on, `content/` tests this handbook itself."""
