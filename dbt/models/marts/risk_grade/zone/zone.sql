-- Zones: cells of one kind that touch along an edge. Numbered within their kind by the people who live there, most first.
with

joined as (
    select
        zone_id,
        min(zone_kind) as zone_kind,
        cast(count(*) as integer) as cell_count,
        {{ exact_sum('population') }} as population,
        min(grade) as grade
    from {{ ref('zone_grade') }}
    where zone_id is not null
    group by zone_id
)

select
    joined.zone_id,
    joined.zone_kind,
    {{ code_word('joined.zone_kind', 'zone_kind') }} || {{ to_text("row_number() over (
        partition by joined.zone_kind
        order by joined.population desc nulls last, joined.cell_count desc nulls last, joined.zone_id asc nulls last
    )") }} as name_cn,
    joined.cell_count,
    joined.population,
    joined.grade
from joined
