#!/bin/sh
# Stops a deployment from a public repository. The first argument is what GitHub says of the
# repository: true if it is private. Anything else, or nothing, stops it.
set -eu

if [ "${1:-}" != true ]; then
    echo "This repository is public, or does not say that it is private. Nothing is deployed from it:"
    echo "it holds the internal pages too, and whoever can read the repository can read them."
    echo "Make the repository private (Settings, General, Danger Zone), then run this again."
    exit 1
fi
