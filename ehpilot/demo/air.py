"""Wind, weather and dispersion of the fictional area.

Belongs here: the hourly weather, the wind rose, and the true concentration that emissions cause.
Does not belong here: files (meteorology.py, monitoring*.py).

The concentration is that of a Gaussian plume (hourly, or its sector mean in ISC3-LT form; neutral, rural): enough to
give the monitoring files a signal that follows emission, distance and wind. It is not the warehouse's kernel.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

import numpy as np

from ehpilot.demo.world import World

YEAR = 2025  # the first year of the weather, and the one of the wind rose and the annual means
YEAR_HOURS = 8760
HOURS = 2 * YEAR_HOURS  # to the end of 2026
QUARTER_HOURS = YEAR_HOURS / 4
REACH_M = 6000.0


@dataclass
class Weather:
    """Hourly weather of two years, hour-beginning, local standard time."""

    moments: list[datetime]
    direction_deg: np.ndarray
    speed_m_s: np.ndarray
    temperature_c: np.ndarray
    cloud_tenth: np.ndarray

    @cached_property
    def rose(self) -> np.ndarray:
        """Share of the first year's hours with wind from each of 16 sectors."""
        sector = np.floor(((self.direction_deg[:YEAR_HOURS] + 11.25) % 360) / 22.5).astype(int)
        return np.bincount(sector, minlength=16) / len(sector)


def weather(world: World) -> Weather:
    """The weather of a world: monsoon, sea breeze, daily course of temperature."""
    rng = world.rng("weather")
    hour = np.arange(HOURS)
    day, clock = hour // 24, hour % 24
    winter = 0.5 + 0.5 * np.cos(2 * np.pi * (day - 15) / 365)
    noise = np.zeros(HOURS)
    shocks = rng.normal(0, 1, HOURS)
    for index in range(1, HOURS):
        noise[index] = 0.93 * noise[index - 1] + 0.37 * shocks[index]
    centre = np.where(rng.random(HOURS // 24 + 1)[day] < 0.25 + 0.6 * winter, 340.0, 150.0)
    breeze = 25 * np.sin(2 * np.pi * (clock - 9) / 24) * (1 - winter)
    direction = (centre + breeze + 35 * noise) % 360
    speed = np.clip(3.6 + 1.1 * winter + 1.3 * np.roll(noise, 5) + 0.8 * np.sin(2 * np.pi * (clock - 8) / 24), 0.0, 20)
    temperature = 17 - 10.5 * np.cos(2 * np.pi * (day - 25) / 365) + 3 * np.sin(2 * np.pi * (clock - 8) / 24) + noise
    cloud = np.clip(np.round(5 + 3.5 * np.roll(noise, 40)), 0, 10)
    start = datetime(YEAR, 1, 1)
    moments = [start + timedelta(hours=int(h)) for h in hour]
    return Weather(moments, np.round(direction, 0) % 360, np.round(speed, 1), np.round(temperature, 1), cloud)


def dilution(world: World, rose: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, list[tuple[int, str]]]:
    """Dilution factors.

    Args:
        world: sites with their outlets.
        rose: share of hours with wind from each of 16 sectors.
        places: (n, 2) metres.

    Returns:
        Matrix (n places × m outlets), µg/m3 at the place per g/s from the outlet, and the (site number, outlet
        number) of each column.
    """
    columns, position, height = [], [], []
    for site in world.active:
        for outlet in site.outlets:
            if outlet.outlet_kind in ("stack", "fugitive"):
                columns.append((site.number, outlet.number))
                position.append((outlet.x_m, outlet.y_m))
                height.append(outlet.height_m * (1.6 if outlet.outlet_kind == "stack" else 1.0))
    source, effective = np.array(position), np.array(height)
    delta = places[:, None, :] - source[None, :, :]
    distance = np.maximum(np.hypot(delta[..., 0], delta[..., 1]), 100.0)
    bearing = np.degrees(np.arctan2(delta[..., 0], delta[..., 1])) % 360  # direction in which the place lies
    origin = ((bearing + 180) % 360) / 22.5
    low = np.floor(origin).astype(int) % 16
    part = origin - np.floor(origin)
    frequency = rose[low] * (1 - part) + rose[(low + 1) % 16] * part
    sigma = 0.06 * distance / np.sqrt(1 + 0.0015 * distance)
    speed = 3.8
    plume = np.exp(-(effective[None, :] ** 2) / (2 * sigma**2))
    return 2.032 * frequency / (speed * sigma * distance) * plume * 1e6, columns


def concentrations(
    world: World, matrix: np.ndarray, columns: list[tuple[int, str]], codes: list[str]
) -> dict[str, np.ndarray]:
    """True annual mean concentration (µg/m3) at each place for each pollutant in 2025, without background."""
    sites = {site.number: site for site in world.sites}
    result = {}
    for code in codes:
        rate = np.array([
            sites[number].year_t((outlet, "air", code), 2025) * 1e6 / (8760 * 3600)
            if (outlet, "air", code) in sites[number].emission_t else 0.0
            for number, outlet in columns
        ])  # fmt: skip
        result[code] = matrix @ rate
    return result


def hourly(world: World, weather: Weather, x_m: float, y_m: float, codes: tuple[str, ...]) -> dict[str, np.ndarray]:
    """True hourly concentration (µg/m3) at a place that outlets within 6 km cause, without background.

    Returns:
        code → one value an hour of ``weather``; emission is even over the hours of a quarter.
    """
    result = {code: np.zeros(HOURS) for code in codes}
    quarter = 4 + np.minimum(np.arange(HOURS) // QUARTER_HOURS, 7).astype(int)
    for site in world.active:
        for outlet in site.outlets:
            emitted = [code for code in codes if (outlet.number, "air", code) in site.emission_t]
            east, north = outlet.x_m - x_m, outlet.y_m - y_m
            if not emitted or np.hypot(east, north) > REACH_M:
                continue
            factor, hours = plume(weather, east, north, outlet.height_m, outlet.width_m)
            for code in emitted:
                rate_g_s = site.emission_t[outlet.number, "air", code] * 1e6 / (QUARTER_HOURS * 3600)
                result[code][hours] += factor * rate_g_s[quarter[hours]]
    return result


def plume(
    weather: Weather, east_m: float, north_m: float, height_m: float, width_m: float
) -> tuple[np.ndarray, np.ndarray]:
    """µg/m3 per g/s from a source that lies ``east_m``, ``north_m`` of the place, and the hours in which it arrives."""
    distance = max(float(np.hypot(east_m, north_m)), 100.0)
    bearing = np.degrees(np.arctan2(east_m, north_m))
    turn = np.radians((weather.direction_deg - bearing + 180) % 360 - 180)
    hours = np.flatnonzero(np.abs(turn) < 0.7)
    downwind, across = distance * np.cos(turn[hours]), distance * np.sin(turn[hours])
    sigma_y = np.hypot(0.08 * downwind / np.sqrt(1 + 0.0001 * downwind), width_m / 4.3)
    sigma_z = 0.06 * downwind / np.sqrt(1 + 0.0015 * downwind)
    speed = np.maximum(weather.speed_m_s[hours], 0.5)
    spread = np.exp(-(across**2) / (2 * sigma_y**2) - height_m**2 / (2 * sigma_z**2))
    return spread * 1e6 / (np.pi * speed * sigma_y * sigma_z), hours
