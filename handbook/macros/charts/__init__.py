"""Charts, drawn as SVG at build time. Coordinates are computed here and filled into templates/charts/.

A drawing has no viewBox: x is a percentage of the width, and y is in em. So one drawing fits every width and its text
is never scaled. Colours come from CSS classes alone (handbook/theme/assets/stylesheets/charts.css).
"""
