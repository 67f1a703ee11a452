"""Nearest sensitive place and people within rings of every site that has a place; the method is the kernel's."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from ehpilot.kernels.surroundings import surroundings

RINGS_M = (1000.0, 3000.0, 5000.0)  # the columns population_within_*
SITE_PLACE = "attribute = 'place' and enterprise_id not like '%-000'"
SENSITIVE = "receptor_kind in ('residential', 'school', 'kindergarten', 'hospital', 'elder_care')"


def _points(relation):
    """Longitude and latitude of a relation's rows as an n × 2 array."""
    columns = relation.project("longitude, latitude").fetchnumpy()
    return np.column_stack([np.ma.getdata(columns["longitude"]), np.ma.getdata(columns["latitude"])])


def _placed(relation, condition, order):
    """Rows that have a place and fit the condition, in order."""
    return relation.filter(f"longitude is not null and latitude is not null and {condition}").order(order)


def _or_null(values):
    """Doubles with nan as null, as an Arrow array."""
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def model(dbt, session):
    """One row a site of core.dim_enterprise with a place. Unknown (no receptor, no people known nearby) is null."""
    sites = _placed(dbt.ref("int_inventory__site_attributes_chosen"), SITE_PLACE, "enterprise_id")
    receptors = _placed(dbt.ref("int_receptor__places_coded"), SENSITIVE, "receptor_id")
    residents = dbt.ref("int_receptor__residents_placed").order("longitude, latitude, people")
    coverage = (
        dbt.ref("int_parameter__values_chosen").filter("parameter_id = 'population_coverage_m'").project("value").fetchone()
    )
    people = np.ma.getdata(residents.project("people").fetchnumpy()["people"])
    is_grid = residents.filter("layer = 'point'").limit(1).fetchone() is None
    found = surroundings(
        _points(sites), _points(receptors), _points(residents), people, RINGS_M, coverage[0], empty_is_zero=is_grid
    )
    receptor_ids = np.append(receptors.project("receptor_id").fetchnumpy()["receptor_id"], None)
    return pa.table(
        {
            "enterprise_id": pa.array(sites.project("enterprise_id").fetchnumpy()["enterprise_id"], pa.string()),
            "nearest_receptor_id": pa.array(receptor_ids[found.nearest], pa.string()),
            "nearest_receptor_m": _or_null(found.nearest_m),
            "population_within_1km": _or_null(found.population[:, 0]),
            "population_within_3km": _or_null(found.population[:, 1]),
            "population_within_5km": _or_null(found.population[:, 2]),
        }
    )
