"""Atmospheric stability and mixing height of an hour: Pasquill classes A to F as 1 to 6.

Order of trust: the class that the file states; by day the solar radiation it states (SRDT table); the cloud cover it
states (Turner's method); else neutral. What is not stated is marked, never silent.

Sources: EPA-454/R-99-005 (Meteorological Monitoring Guidance for Regulatory Modeling Applications, 2000), 6.4.1
(Turner's method, tables 6-4 to 6-6) and 6.4.4.2 (solar radiation / delta-T, table 6-7). Classes 6 and 7 are one (6).
Night runs from one hour before sunset to one hour after sunrise. Our own reading where a file has no ceiling: overcast
(10/10) is taken for low (index 0), more than 5/10 for middle (one insolation class less). Sun: Michalsky 1988
(Solar Energy 40, 227, the formulas of the Astronomical Almanac), within 0.01 degrees from 1950 to 2050, no refraction.

Belongs here: classes and heights of hours as arrays. Does not belong here: frequencies (``meteorology``), which hours
count.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike, NDArray

from ehpilot.kernels.columns import doubles, ordered, texts, values_by

Floats = NDArray[np.float64]
Classes = NDArray[np.int64]

LETTERS = "ABCDEF"
NEUTRAL = 4
TURNER_SPEED_M_S = (0.75, 1.85, 2.85, 3.35, 3.85, 4.85, 5.45, 5.95)  # bounds between the rows of table 6-4
TURNER = np.array(  # rows: wind speed, columns: net radiation index 4, 3, 2, 1, 0, -1, -2
    [
        (1, 1, 2, 3, 4, 6, 6),
        (1, 2, 2, 3, 4, 6, 6),
        (1, 2, 3, 4, 4, 5, 6),
        (2, 2, 3, 4, 4, 5, 6),
        (2, 2, 3, 4, 4, 4, 5),
        (2, 3, 3, 4, 4, 4, 5),
        (3, 3, 4, 4, 4, 4, 5),
        (3, 3, 4, 4, 4, 4, 4),
        (3, 4, 4, 4, 4, 4, 4),
    ]
)
INSOLATION_DEG = (15.0, 35.0, 60.0)  # table 6-5: solar altitude above which the insolation class is 2, 3, 4
RADIATION_SPEED_M_S = (2.0, 3.0, 5.0, 6.0)  # table 6-7, bounds of the rows
RADIATION_W_M2 = (175.0, 675.0, 925.0)  # table 6-7, bounds of the columns
RADIATION = np.array([(4, 2, 1, 1), (4, 3, 2, 1), (4, 3, 2, 2), (4, 4, 3, 3), (4, 4, 4, 3)])
HOUR = np.timedelta64(1, "h")
J2000 = np.datetime64("2000-01-01T12:00:00", "s")
MIXING_HEIGHTS = (  # parameters of classes A to D; E and F have no lid
    "dispersion.mixing_height_a",
    "dispersion.mixing_height_b",
    "dispersion.mixing_height_c",
    "dispersion.mixing_height_d",
)


def classify_hours(hours: pa.Table, parameters: pa.Table) -> pa.Table:
    """The hours with ``stability_class`` (1 to 6), ``stability_origin`` (stated, radiation, cloud, assumed),
    ``mixing_height_m`` (NaN for E and F of no stated height: no lid) and ``mixing_height_is_derived``.

    ``hours``: ``station_id``, ``observed_at`` (beginning of the hour, local standard time), ``wind_speed_m_s``,
    ``wind_direction_deg``, ``temperature_k``, ``cloud_cover_tenth``, ``global_radiation_wh_m2``, ``stability_word``,
    ``mixing_height_m``, ``longitude``, ``latitude`` (degrees), ``utc_offset_h``; NaN and null where not stated.
    ``parameters``: ``dispersion.mixing_height_a`` to ``_d`` in m. Hours do not depend on each other.
    """
    rows = ordered(hours, "station_id", "observed_at")
    chosen = values_by(parameters, "parameter_id")
    speed, cloud = doubles(rows, "wind_speed_m_s"), doubles(rows, "cloud_cover_tenth")
    radiation = doubles(rows, "global_radiation_wh_m2")
    begins = rows["observed_at"].to_numpy().astype("datetime64[s]")
    place = doubles(rows, "longitude"), doubles(rows, "latitude"), doubles(rows, "utc_offset_h")
    altitude = solar_altitude_deg(begins + HOUR // 2, *place)
    night = is_night(begins, *place)
    stated = classes_of_words(texts(rows, "stability_word"))
    by_cloud = turner_class(speed, altitude, night, cloud)
    by_radiation = np.where(night, 0, radiation_class(speed, radiation))
    found = np.select([stated > 0, by_radiation > 0, by_cloud > 0], [stated, by_radiation, by_cloud], NEUTRAL)
    origin = np.select([stated > 0, by_radiation > 0, by_cloud > 0], ["stated", "radiation", "cloud"], "assumed")
    height = doubles(rows, "mixing_height_m")
    derived = ~(height > 0)
    defaults = np.array([chosen[name] for name in MIXING_HEIGHTS] + [np.nan, np.nan])
    height = np.where(derived, defaults[found - 1], height)
    return (
        rows.drop_columns(["mixing_height_m"])
        .append_column("stability_class", pa.array(found, pa.int32()))
        .append_column("stability_origin", pa.array(origin))
        .append_column("mixing_height_m", pa.array(height))
        .append_column("mixing_height_is_derived", pa.array(derived))
    )


def classes_of_words(words: list[str]) -> Classes:
    """Class 1 to 6 of a stated word; 0 where it is none. Of a class between two (A-B) the first, the less stable."""
    return np.array([LETTERS.find(word.strip()[:1].upper()) + 1 if word.strip() else 0 for word in words], np.int64)


def solar_altitude_deg(
    moments: ArrayLike, longitude: ArrayLike, latitude: ArrayLike, utc_offset_h: ArrayLike
) -> Floats:
    """Altitude of the sun in degrees at moments (datetime64) of local standard time; NaN where a place is NaN or the
    moment unknown (NaT)."""
    times = np.asarray(moments).astype("datetime64[s]")
    local_h = np.where(np.isnat(times), np.nan, (times - J2000).astype(float) / 3600.0)
    universal_h = local_h - np.asarray(utc_offset_h, float)
    day = universal_h / 24.0
    mean_longitude, anomaly = np.radians(280.460 + 0.9856474 * day), np.radians(357.528 + 0.9856003 * day)
    ecliptic = mean_longitude + np.radians(1.915 * np.sin(anomaly) + 0.020 * np.sin(2.0 * anomaly))
    obliquity = np.radians(23.439 - 4e-7 * day)
    declination = np.arcsin(np.sin(obliquity) * np.sin(ecliptic))
    ascension = np.arctan2(np.cos(obliquity) * np.sin(ecliptic), np.cos(ecliptic))
    sidereal_h = 6.697375 + 0.0657098242 * day + universal_h + 12.0  # J2000 is noon
    hour_angle = np.radians(15.0 * sidereal_h + np.asarray(longitude, float)) - ascension
    lat = np.radians(np.asarray(latitude, float))
    sine = np.sin(lat) * np.sin(declination) + np.cos(lat) * np.cos(declination) * np.cos(hour_angle)
    return np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))


def is_night(
    begins: ArrayLike, longitude: ArrayLike, latitude: ArrayLike, utc_offset_h: ArrayLike
) -> NDArray[np.bool_]:
    """Whether the middle of an hour lies between one hour before sunset and one hour after sunrise."""
    middle = np.asarray(begins).astype("datetime64[s]") + HOUR // 2
    place = longitude, latitude, utc_offset_h
    lowest = np.minimum(solar_altitude_deg(middle - HOUR, *place), solar_altitude_deg(middle + HOUR, *place))
    return np.asarray(np.minimum(lowest, solar_altitude_deg(middle, *place)) <= 0.0)


def turner_class(speed_m_s: ArrayLike, altitude_deg: ArrayLike, night: ArrayLike, cloud_tenth: ArrayLike) -> Classes:
    """Class 1 to 6 by Turner's method (tables 6-4 to 6-6), numbers or arrays that broadcast: wind at 10 m, altitude of
    the sun, whether it is night, cloud cover in tenths; 0 where cloud cover, speed or the sun is unknown."""
    cloud = np.asarray(cloud_tenth, float)
    insolation = 1 + np.searchsorted(INSOLATION_DEG, altitude_deg, side="left")
    by_day = np.where(cloud > 5.0, np.maximum(insolation - 1, 1), insolation)
    index = np.where(night, np.where(cloud > 4.0, -1, -2), by_day)
    index = np.where(cloud >= 10.0, 0, index)
    found = TURNER[np.searchsorted(TURNER_SPEED_M_S, speed_m_s, side="right"), 4 - index]
    return np.where(np.isnan(cloud) | np.isnan(speed_m_s) | np.isnan(altitude_deg), 0, found)


def radiation_class(speed_m_s: ArrayLike, radiation_w_m2: ArrayLike) -> Classes:
    """Class of a daytime hour by wind and global radiation (table 6-7); 0 where one is unknown."""
    row = np.searchsorted(RADIATION_SPEED_M_S, speed_m_s, side="right")
    found = RADIATION[row, np.searchsorted(RADIATION_W_M2, radiation_w_m2, side="right")]
    return np.where(np.isnan(speed_m_s) | np.isnan(radiation_w_m2), 0, found)
