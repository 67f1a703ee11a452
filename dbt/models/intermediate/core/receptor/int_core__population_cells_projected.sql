{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- Population cells of the newest year with their centre in the metric system of the profile; older years stay in staging.
with newest as (
    select max(record_year) as record_year from {{ ref('stg_receptor__population_cells') }}
),

centred as (
    select
        cell.*,
        fact.grid_m,
        {{ to_metric(point_of('cell.longitude', 'cell.latitude'), 'fact.crs_metric') }} as centre
    from {{ ref('stg_receptor__population_cells') }} as cell
    cross join {{ ref('stg_geography__profile_facts') }} as fact
    cross join newest
    where cell.longitude is not null
      and cell.latitude is not null
      and cell.cell_size_m > 0
      and cell.record_year is not distinct from newest.record_year
)

select
    grid_m,
    cell_size_m,
    {{ x_of('centre') }} as x_m,
    {{ y_of('centre') }} as y_m,
    longitude,
    latitude,
    coalesce(population, population_under_15 + population_15_64 + population_65_up) as people,
    population_under_15,
    population_65_up,
    {{ provenance() }}
from centred
