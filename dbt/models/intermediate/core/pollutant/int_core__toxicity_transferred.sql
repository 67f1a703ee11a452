-- Values that a member takes from its parent because it has none of its own for that route and use: an isomer that of the
-- mixture, a salt by mass, a compound category as the element, a dioxin by the WHO 2005 factor (seed toxicity_transfer). Of
-- several parents the more toxic value counts. Other sets of factors, total chromium (speciate_first) and own_value give none.
-- Read-across is for the screening only. `value` is the parent's, as its seed row says it.
with

rules as (
    select transfer.*
    from {{ seed_rows('toxicity_transfer') }} as transfer
    where
        transfer.verified <> 'doubtful'
        and transfer.member_id is not null
        and transfer.member_id <> transfer.parent
        and transfer.rule in (
            'same_value', 'as_element', 'as_ion', 'mass_as_parent', 'lowest_member', 'tef_who_2005', 'read_across'
        )
),

chosen as (
    select *
    from {{ ref('int_core__toxicity_classed') }}
    where use_class in ('cancer', 'chronic') and (is_for_residents or is_for_workers)
),

lent as (
    select
        rules.member_id as pollutant_id,
        rules.parent as parent_id,
        rules.rule,
        rules.source as transfer_source,
        rules._line as transfer_line,
        case when rules.verified = 'yes' then parent_value.verified else 'memory' end as verified,
        case
            when parent_value.use_class = 'cancer' then parent_value.value * rules.factor
            else parent_value.value / rules.factor
        end as lent_value,
        parent_value.value,
        parent_value.route,
        parent_value.value_type,
        parent_value.value_type_code,
        parent_value.use_class,
        parent_value.averaging,
        parent_value.unit,
        parent_value.critical_effect,
        parent_value.target_organ,
        parent_value.authority,
        parent_value.year,
        parent_value.adaf_status,
        parent_value.source,
        parent_value.is_for_residents,
        parent_value.is_for_workers,
        parent_value.preferred_worker,
        parent_value._line
    from rules
    inner join chosen as parent_value
        on
            parent_value.cas_no = rules.parent
            and (rules.route = 'both' or rules.route = parent_value.route)
            and (
                rules.endpoint = 'both'
                or (rules.endpoint = 'cancer') = (parent_value.use_class = 'cancer')
            )
    left join chosen as own
        on
            own.cas_no = rules.member_id
            and own.route = parent_value.route
            and own.use_class = parent_value.use_class
    where own.cas_no is null
)

select lent.*
from lent
qualify row_number() over (
    partition by pollutant_id, route, use_class, is_for_residents, is_for_workers
    order by
        case when use_class = 'cancer' then -lent_value else lent_value end asc nulls last,
        parent_id asc nulls last,
        rule asc nulls last
) = 1
