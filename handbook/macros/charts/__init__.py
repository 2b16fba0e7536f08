"""Charts: records to SVG at build time. Geometry is worked out here, and drawn by templates/charts/.

A drawing has no viewBox: across, places are parts of its width (%), and down, they are in the
size of its text (em). So one drawing fits every width and its text is never scaled. Colour comes
from classes alone, in handbook/theme/assets/stylesheets/charts.css.
"""
