"""The persistent build cache: results of earlier builds, and what tells that they still hold."""
