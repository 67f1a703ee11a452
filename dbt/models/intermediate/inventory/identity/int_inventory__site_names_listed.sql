{# Every way in which a file may name a site (id, permit number, credit code, name without blanks and brackets), and the one site that bears
   it. The one place that says whom a name means; a name that several sites bear is nobody's. #}
with

matched as (
    select source, source_key, enterprise_id, credit_code
    from {{ ref('int_inventory__enterprise_matched') }}
    where enterprise_id not like '%-000'
),

borne as (
    select enterprise_id as named, enterprise_id from matched
    union
    select source_key as named, enterprise_id from matched where source = 'permit'
    union
    select credit_code as named, enterprise_id from matched
    union
    select collected.name_key as named, matched.enterprise_id
    from {{ ref('int_inventory__enterprise_keys_collected') }} as collected
    inner join matched on matched.source = collected.source and matched.source_key = collected.source_key
)

select
    named,
    case when count(distinct enterprise_id) = 1 then min(enterprise_id) end as enterprise_id
from borne
where named is not null
group by named
