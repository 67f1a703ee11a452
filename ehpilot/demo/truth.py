"""True values of the world as rows of the truth folder.

Belongs here: sites, outlets, emissions, factors, activity.
Does not belong here: truths that a source module draws itself (monitoring, literacy …: they write their own).
"""

from __future__ import annotations

from ehpilot.demo.ledger import Ledger
from ehpilot.demo.world import QUARTERS, YEARS, World

REPORTED = 4 * len(YEARS)


def write_world(world: World, ledger: Ledger) -> None:
    """Put the world's tables into the ledger."""
    for site in world.sites:
        longitude, latitude = site.degrees
        ledger.fact(
            "sites", enterprise_id=site.enterprise_id, credit_code=site.credit_code,
            permit_no=site.permit_no if "permit" in site.sources else "", name=site.name,
            former_name=site.former_name, second_code=site.old_code, status=site.status, park_id=site.park_id,
            kind_id=site.kind.kind_id, industry_code=site.kind.industry_code, longitude=round(longitude, 6),
            latitude=round(latitude, 6), capacity_t=site.capacity_t, employees=site.employees,
            handles_listed=site.handles_listed, cases=site.cases, sources=sorted(site.sources),
        )  # fmt: skip
        for outlet in site.outlets:
            ledger.fact(
                "outlets", outlet_id=f"{site.enterprise_id}:{outlet.number}", enterprise_id=site.enterprise_id,
                outlet_no=outlet.number, outlet_kind=outlet.outlet_kind, x_m=outlet.x_m, y_m=outlet.y_m,
                height_m=outlet.height_m, diameter_m=outlet.diameter_m, temperature_c=outlet.temperature_c,
                velocity_m_s=outlet.velocity_m_s, width_m=outlet.width_m, flow_m3_h=outlet.flow_m3_h,
            )  # fmt: skip
        # of 2026 nothing is reported yet
        for quarter, quantity, load in zip(QUARTERS[:REPORTED], site.activity_t, site.load, strict=False):
            ledger.fact(
                "activity_quarters", enterprise_id=site.enterprise_id, product=site.kind.product[0], period=quarter,
                quantity_t=float(quantity), load=float(load),
            )  # fmt: skip
        for (outlet_no, medium, pollutant_id), values in site.emission_t.items():
            for year in YEARS:
                ledger.fact(
                    "emissions", enterprise_id=site.enterprise_id, outlet_id=f"{site.enterprise_id}:{outlet_no}",
                    medium=medium, pollutant_id=pollutant_id, year=year,
                    emission_t=site.year_t((outlet_no, medium, pollutant_id), year),
                )  # fmt: skip
            if site.kind.is_synthetic:
                for quarter, value in zip(QUARTERS[:REPORTED], values, strict=False):
                    ledger.fact(
                        "emission_quarters", enterprise_id=site.enterprise_id, kind_id=site.kind.kind_id,
                        outlet_no=outlet_no, medium=medium, pollutant_id=pollutant_id, period=quarter,
                        emission_t=float(value),
                    )  # fmt: skip
    for factor in world.factors:
        ledger.fact("factors", **factor)
