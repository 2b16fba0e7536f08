"""What stops a build, for whoever tells of it."""


class BuildFailed(Exception):
    """MkDocs stopped. What it had to say has been logged."""
