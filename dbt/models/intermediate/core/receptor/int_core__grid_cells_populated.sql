-- People of each grid cell: every population cell is a square in metres round its centre and gives each grid cell the share of
-- its area that lies in it. The sum over all grid cells is the sum of the population cells, whatever their sizes.
with squares as (
    select
        *,
        x_m - cell_size_m / 2 as x_min,
        x_m + cell_size_m / 2 as x_max,
        y_m - cell_size_m / 2 as y_min,
        y_m + cell_size_m / 2 as y_max
    from {{ ref('int_core__population_cells_projected') }}
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
