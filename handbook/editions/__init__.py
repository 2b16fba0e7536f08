"""One edition of a handbook: rendered, analysed and checked, with the results of earlier builds reused."""
