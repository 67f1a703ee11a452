{# Registers that contradict the chosen values of a site in everything they both state: then one of the two entries is probably
   of another site. Values are chosen as ever; the rows carry the reason code, and a clerk should split the key. #}
with

parameter as (
    select max(case when parameter_id = 'contradiction_least_attributes' then value end) as least_attributes
    from {{ ref('int_core__parameter_values_chosen') }}
)

select
    compared.enterprise_id,
    compared.source,
    count(*) as attribute_count
from {{ ref('int_inventory__attributes_compared') }} as compared
cross join parameter
where not compared.chosen
group by compared.enterprise_id, compared.source
having
    count(*) >= max(parameter.least_attributes)
    and bool_and(compared.conflict_class in ('differ', 'block'))
