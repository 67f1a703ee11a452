{# How the people of the zone are spread over ranges of cancer risk: lifelong residents, each counted once, by cell. #}
with

line as (
    select
        {% for name in ['low', 'attention', 'high'] -%}
        max(case when parameter_id = 'risk.cancer_{{ name }}' then cast(value as double) end) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('parameter_used') }}
),

cell as (
    select
        total.cancer_risk,
        cell.population,
        case
            when total.cancer_risk is null then 5
            when total.cancer_risk <= line.low then 1
            when total.cancer_risk <= line.attention then 2
            when total.cancer_risk <= line.high then 3
            else 4
        end as range_no
    from {{ ref('health_risk_total') }} as total
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = total.place_id
    cross join line
    where total.population_group = 'resident_life' and cell.population > 0
),

whole as (
    select {{ exact_sum('population') }} as population from cell
),

ranged as (
    select
        range_no,
        cast(count(*) as integer) as cell_count,
        {{ exact_sum('population') }} as population,
        max(cancer_risk) as max_cancer_risk
    from cell
    group by range_no
)

select
    cast(row_number() over (order by ranged.range_no asc nulls last) as integer) as row_no,
    case ranged.range_no
        when 1 then '可忽略' when 2 then '低' when 3 then '关注' when 4 then '高' else '未知'
    end as level_cn,
    ranged.cell_count,
    ranged.population,
    100 * ranged.population / nullif(whole.population, 0) as population_pct,
    ranged.max_cancer_risk,
    'cell' as place_kind,
    'resident_life' as population_group
from ranged
cross join whole
