-- What the releases of an enterprise through a kind of outlet err with, by pollutant: the error group that most of them are in (seed
-- emission_correlation: one factor of an industry, one laboratory of a site …). The groups of a pollutant that release most are told
-- apart, the others err together. The interval is that of all releases of the group, at one end at once, over their sum; a release whose
-- medium nobody states counts with its share to the air, whole in the high end, and is no measured one.
with

term_share as (
    select
        term.*,
        case when term.medium = 'unspecified' then 'air' else term.medium end as reached_medium,
        case when term.medium = 'unspecified' then shared.air_share else 1.0 end as medium_share
    from {{ ref('int_inventory__emission_terms_gathered') }} as term
    inner join {{ ref('int_inventory__assessment_year_chosen') }} as build on build.assessment_year = term.year
    left join {{ ref('int_exposure__air_releases_shared') }} as shared
        on
            shared.enterprise_id = term.enterprise_id
            and shared.outlet_id = term.outlet_id
            and shared.medium = term.medium
            and shared.pollutant_id = term.pollutant_id
    where term.scope_kind = 'enterprise' and term.medium in ('air', 'water', 'unspecified') and term.emission_t > 0
),

released as (
    select
        term.reached_medium as medium,
        term.enterprise_id,
        coalesce(outlet.outlet_kind, 'unknown') as outlet_kind,
        term.pollutant_id,
        term.error_group,
        {{ exact_sum('term.emission_t * term.medium_share') }} as emission_t,
        {{ exact_sum("case when emission.quality in ('A', 'B') and term.medium <> 'unspecified' then term.emission_t else 0 end") }}
            as measured_t,
        {{ exact_sum('coalesce(emission.emission_low_t, term.emission_t) * term.medium_share') }} as low_t,
        {{ exact_sum('coalesce(emission.emission_high_t, term.emission_t)') }} as high_t
    from term_share as term
    inner join {{ ref('emission') }} as emission
        on
            emission.enterprise_id = term.enterprise_id
            and emission.outlet_id = term.outlet_id
            and emission.medium = term.medium
            and emission.pollutant_id = term.pollutant_id
            and emission.year = term.year
    left join {{ ref('dim_outlet') }} as outlet on outlet.outlet_id = term.outlet_id
    where term.medium_share > 0
    group by term.reached_medium, term.enterprise_id, coalesce(outlet.outlet_kind, 'unknown'), term.pollutant_id, term.error_group
),

kept as (
    select
        medium,
        pollutant_id,
        error_group,
        row_number() over (
            partition by medium, pollutant_id order by {{ exact_sum('emission_t') }} desc nulls last, error_group asc nulls last
        ) <= max(setting.value) as is_kept
    from released
    inner join {{ ref('int_core__parameter_values_chosen') }} as setting on setting.parameter_id = 'risk.error_groups_kept'
    group by medium, pollutant_id, error_group
),

named as (
    select
        released.*,
        case when kept.is_kept then released.error_group else 'pooled|' || released.medium || '|' || released.pollutant_id end as input
    from released
    inner join kept
        on
            kept.medium = released.medium
            and kept.pollutant_id = released.pollutant_id
            and kept.error_group = released.error_group
),

interval_of_input as (
    select
        medium,
        pollutant_id,
        input,
        {{ exact_sum('low_t') }} / {{ exact_sum('emission_t') }} as low_ratio,
        {{ exact_sum('high_t') }} / {{ exact_sum('emission_t') }} as high_ratio
    from named
    group by medium, pollutant_id, input
),

first_group as (
    select
        named.*,
        {{ exact_sum_over('measured_t', 'partition by medium, enterprise_id, outlet_kind, pollutant_id') }}
        / {{ exact_sum_over('emission_t', 'partition by medium, enterprise_id, outlet_kind, pollutant_id') }} as measured_share
    from named
    qualify row_number() over (
        partition by medium, enterprise_id, outlet_kind, pollutant_id order by emission_t desc nulls last, error_group asc nulls last
    ) = 1
)

select
    first_group.medium,
    first_group.enterprise_id,
    first_group.outlet_kind,
    first_group.pollutant_id,
    'emission:' || first_group.input as input,
    first_group.measured_share,
    interval_of_input.low_ratio,
    interval_of_input.high_ratio
from first_group
inner join interval_of_input
    on
        interval_of_input.medium = first_group.medium
        and interval_of_input.pollutant_id = first_group.pollutant_id
        and interval_of_input.input = first_group.input
