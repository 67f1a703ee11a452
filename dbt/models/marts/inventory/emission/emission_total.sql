{# Emissions of a site, a park and the zone with the interval of the sum; enterprise_ids names the sites whose rows of
   inventory.emission are in it. #}
with

member as (
    select
        scope_kind,
        scope_id,
        medium,
        pollutant_id,
        year,
        -- in grams, so that dioxins keep their digits
        {{ exact_sum('emission_t * 1e6') }} / 1e6 as emission_t,
        cast(count(case when is_partial_year then 1 end) as integer) as partial_year_count,
        {{ list_agg_distinct('enterprise_id') }} as enterprise_ids
    from {{ ref('int_inventory__emission_terms_gathered') }}
    group by scope_kind, scope_id, medium, pollutant_id, year
)

select
    total.scope_kind,
    total.scope_id,
    total.medium,
    total.pollutant_id,
    total.year,
    member.emission_t,
    total.emission_low_t,
    total.emission_high_t,
    total.half_width,
    total.interval_form,
    total.row_count,
    member.partial_year_count,
    total.error_group_count,
    total.leading_error_group,
    total.leading_error_share,
    member.enterprise_ids
from {{ ref('int_inventory__emissions_totalled') }} as total
inner join
    member
    on
        member.scope_kind = total.scope_kind
        and member.scope_id = total.scope_id
        and member.medium = total.medium
        and member.pollutant_id = total.pollutant_id
        and member.year = total.year
