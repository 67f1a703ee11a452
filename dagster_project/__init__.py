"""THE WIRING: definitions, jobs, schedules, sensors, checks. Does not belong here: what an asset does (``assets``)."""
