{{ config(pre_hook=["{{ load_spatial() }}"]) }}

-- People of each grid cell: every population cell is a square in metres round its centre and gives each grid cell the share of
-- its area that lies in it. The sum over all grid cells is the sum of the population cells, whatever their sizes.
-- The newest year of the population grid counts; older ones stay in staging.
with fact as (
    select * from {{ ref('stg_geography__profile_facts') }}
),

newest as (
    select max(record_year) as record_year from {{ ref('stg_receptor__population_cells') }}
),

population_cells as (
    select
        cell.*,
        coalesce(
            cell.population, cell.population_under_15 + cell.population_15_64 + cell.population_65_up
        ) as people,
        fact.grid_m,
        {{ to_metric(point_of('cell.longitude', 'cell.latitude'), 'fact.crs_metric') }} as centre
    from {{ ref('stg_receptor__population_cells') }} as cell
    cross join fact
    cross join newest
    where cell.longitude is not null
      and cell.latitude is not null
      and cell.cell_size_m > 0
      and cell.record_year is not distinct from newest.record_year
),

squares as (
    select
        *,
        {{ x_of('centre') }} - cell_size_m / 2 as x_min,
        {{ x_of('centre') }} + cell_size_m / 2 as x_max,
        {{ y_of('centre') }} - cell_size_m / 2 as y_min,
        {{ y_of('centre') }} + cell_size_m / 2 as y_max
    from population_cells
),

columns_covered as (
    select *, {{ rows_between('floor(x_min / grid_m)', 'ceil(x_max / grid_m) - 1') }} as column_no
    from squares
),

cells_covered as (
    select *, {{ rows_between('floor(y_min / grid_m)', 'ceil(y_max / grid_m) - 1') }} as row_no
    from columns_covered
),

shares as (
    select
        *,
        (least(x_max, (column_no + 1) * grid_m) - greatest(x_min, column_no * grid_m))
        * (least(y_max, (row_no + 1) * grid_m) - greatest(y_min, row_no * grid_m))
        / (cell_size_m * cell_size_m) as share
    from cells_covered
)

select
    column_no,
    row_no,
    {{ exact_sum('people * share') }} as population,
    {{ exact_sum('population_under_15 * share') }} as population_under_15,
    {{ exact_sum('population_65_up * share') }} as population_65_up,
    {{ origin_collect(origin_cells('receptor_population_cell', 'shares', {
        'population': 'population',
        'population_under_15': 'population_under_15',
        'population_65_up': 'population_65_up',
    })) }} as _origin
from shares
where share > 0
group by column_no, row_no
