{# Share of the counted fields of the dossier that are filled: of each field the share of its items that have a value (none where the
   block has no item), and of these the plain mean. So a site with forty outlets is not judged by its outlets alone. #}
with

counted as (
    select block, field
    from {{ ref('dossier_block_field') }}
    where is_counted
),

filled as (
    select
        enterprise_id,
        block,
        field,
        avg(case when state in ('verified', 'reported', 'derived') then 1.0 else 0.0 end) as filled_share
    from {{ ref('int_inventory__dossier_basics_unioned') }}
    group by enterprise_id, block, field
)

select
    enterprise.enterprise_id,
    {{ exact_mean('coalesce(filled.filled_share, 0.0)') }} as filled_share,
    cast(count(case when filled.filled_share > 0 then 1 end) as integer) as filled_count,
    cast(count(*) as integer) as counted_count
from {{ ref('dim_enterprise') }} as enterprise
cross join counted
left join
    filled
    on
        filled.enterprise_id = enterprise.enterprise_id
        and filled.block = counted.block
        and filled.field = counted.field
group by enterprise.enterprise_id
