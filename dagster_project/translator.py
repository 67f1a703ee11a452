"""How dbt nodes appear in the graph: key, group, owners, kinds.

Does not belong here: which step makes them (``assets.dbt``, by the stage that a model declares).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings


class StageTranslator(DagsterDbtTranslator):
    """Asset key = [schema, table]; group = schema."""

    def __init__(self) -> None:
        super().__init__(settings=DagsterDbtTranslatorSettings(enable_asset_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """[schema, table]: what a loader writes and what a model is share one rule."""
        props = dbt_resource_props
        return dg.AssetKey([props["schema"], props["identifier" if props["resource_type"] == "source" else "alias"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The schema: seeds, staging, intermediate, core, inventory …"""
        return str(dbt_resource_props["schema"])
