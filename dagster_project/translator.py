"""How dbt nodes appear in the graph: key, group, owners, kinds.

Does not belong here: which asset feeds a source (``meta.dagster.asset_key`` in the sources YAML says it).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings


class StageTranslator(DagsterDbtTranslator):
    """Asset key = [schema, table]; group = layer or mart."""

    def __init__(self) -> None:
        super().__init__(settings=DagsterDbtTranslatorSettings(enable_asset_checks=True))

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """[schema, table]; sources keep the key that their YAML names."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["alias"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The schema: seeds, staging, intermediate, core, inventory …"""
        return str(dbt_resource_props["schema"])
