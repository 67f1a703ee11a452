{# A pilot file names an enterprise by code or by name only; it is taken where exactly one site fits, else left unknown. #}
with

named as (
    select credit_code as named, enterprise_id from {{ ref('int_inventory__enterprise_matched') }}
    where credit_code is not null and enterprise_id not like '%-000'
    union
    select substr(source_key, 6) as named, enterprise_id from {{ ref('int_inventory__enterprise_matched') }}
    where source_key like 'name:%' and enterprise_id not like '%-000'
    union
    select {{ normalised_name('site.value') }} as named, site.enterprise_id
    from {{ ref('int_inventory__site_attributes_chosen') }} as site
    where site.attribute = 'name'
)

select
    named,
    min(enterprise_id) as enterprise_id
from named
where named is not null and enterprise_id is not null
group by named
having count(distinct enterprise_id) = 1
