select
    scenario.scenario_id,
    scenario.measure_id,
    scenario.scenario_cn,
    scenario.scope,
    scenario.verified,
    {{ origin_seed('scenario', 'scenario', ['scenario_id', 'measure_id', 'scenario_cn', 'scope', 'verified']) }} as _origin
from {{ seed_rows('scenario') }} as scenario
