{# Claims that are off by a power of 1,000 against another source of the same site, medium, pollutant and year.
   Compared are whole-site figures (a whole-site claim, or the sum of a source's outlets by their best method) and figures of
   the same outlet. Of two figures alone the larger one is the slip (kilograms entered as tonnes); where a third source
   stands by one of them, the other is the slip. #}
with

parameter as (
    select
        max(case when parameter_id = 'unit_slip_tolerance' then value end) as slip_tolerance,
        max(case when parameter_id = 'claims_agree_ln_ratio' then value end) as agree_ln_ratio
    from {{ ref('int_core__parameter_values_chosen') }}
),

claim as (
    select
        claim.*,
        method.tier
    from {{ ref('int_inventory__emission_claims_shared') }} as claim
    inner join {{ ref('emission_method') }} as method on method.method = claim.method
    where claim.is_complete and not claim.has_year_claim and claim.emission_t > 0 and claim.part <> 'shared'
),

best_of_outlet as (
    select * from claim
    where outlet_class <> 'site'
    qualify
        row_number() over (
            partition by source, enterprise_id, outlet_id, medium, pollutant_id, year
            order by tier asc nulls last, claim_id asc nulls last
        ) = 1
),

figure as (
    select
        enterprise_id, medium, pollutant_id, year, 'site' as scope, 'whole' as figure_kind, source, emission_t
    from claim
    where outlet_class = 'site'
    union all
    select
        enterprise_id, medium, pollutant_id, year, 'site' as scope, 'sum' as figure_kind, source,
        {{ exact_sum('emission_t') }} as emission_t
    from best_of_outlet
    group by enterprise_id, medium, pollutant_id, year, source
    union all
    select
        enterprise_id, medium, pollutant_id, year, outlet_id as scope, 'outlet' as figure_kind, source, emission_t
    from claim
    where outlet_class <> 'site'
),

compared as (
    select
        this.enterprise_id,
        this.medium,
        this.pollutant_id,
        this.year,
        this.scope,
        this.source,
        this.figure_kind,
        this.emission_t,
        other.source as other_source,
        abs(ln(this.emission_t / other.emission_t)) <= parameter.agree_ln_ratio as agrees,
        round(log10(this.emission_t / other.emission_t) / 3) as thousands,
        abs(
            this.emission_t / other.emission_t / power(1000, round(log10(this.emission_t / other.emission_t) / 3)) - 1
        ) <= parameter.slip_tolerance as is_power
    from figure as this
    inner join
        figure as other
        on
            other.enterprise_id = this.enterprise_id
            and other.medium = this.medium
            and other.pollutant_id = this.pollutant_id
            and other.year = this.year
            and other.scope = this.scope
            and other.source <> this.source
    cross join parameter
),

judged as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        year,
        scope,
        source,
        figure_kind,
        emission_t,
        bool_or(agrees) as is_supported,
        bool_or(is_power and thousands > 0) as is_above,
        bool_or(is_power and thousands < 0) as is_below
    from compared
    group by enterprise_id, medium, pollutant_id, year, scope, source, figure_kind, emission_t
),

slip as (
    select judged.*
    from judged
    where
        not is_supported
        and (
            is_above
            or (
                is_below
                and exists (
                    select 1
                    from judged as larger
                    where
                        larger.enterprise_id = judged.enterprise_id
                        and larger.medium = judged.medium
                        and larger.pollutant_id = judged.pollutant_id
                        and larger.year = judged.year
                        and larger.scope = judged.scope
                        and larger.is_above
                        and larger.is_supported
                )
            )
        )
)

select distinct claim.claim_id
from claim
inner join
    slip
    on
        slip.enterprise_id = claim.enterprise_id
        and slip.medium = claim.medium
        and slip.pollutant_id = claim.pollutant_id
        and slip.year = claim.year
        and slip.source = claim.source
        and (
            (slip.figure_kind = 'whole' and claim.outlet_class = 'site' and claim.emission_t = slip.emission_t)
            or (slip.figure_kind = 'sum' and claim.outlet_class <> 'site')
            or (slip.figure_kind = 'outlet' and claim.outlet_id = slip.scope and claim.emission_t = slip.emission_t)
        )
