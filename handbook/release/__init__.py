"""Publishing: releases side by side, and the one that readers see."""
