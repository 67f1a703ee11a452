"""ehpilot: the library of the environment-and-health pilot warehouse. Pure Python; never imports dagster."""

__version__ = "0.1.0"
