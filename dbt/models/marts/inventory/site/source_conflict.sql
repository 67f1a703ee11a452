{# Where two registers or more say different things of one site: attributes of the site, and tonnes a pollutant, medium and year
   (attribute `emission_t|<pollutant>|<medium>|<year>`). One row a register, the chosen one marked. Attributes on which all agree
   are left out; so is what is computed of a stage, but leaks that another register states too: alone they are a part, no figure. #}
with

limits as (
    select
        max(case when parameter_id = 'conflict_agree_ln_ratio' then value end) as agree_ln,
        max(case when parameter_id = 'conflict_minor_ln_ratio' then value end) as minor_ln,
        max(case when parameter_id = 'conflict_review_ln_ratio' then value end) as review_ln,
        max(case when parameter_id = 'unit_slip_tolerance' then value end) as slip_tolerance
    from {{ ref('int_core__parameter_values_chosen') }}
),

claim as (
    select
        claim.*,
        method.tier,
        claim.outlet_id like '%:site' as is_whole
    from {{ ref('emission_claim') }} as claim
    inner join {{ ref('emission_method') }} as method on method.method = claim.method
    where
        claim.emission_t >= 0
        and claim.enterprise_id not like '%-000'
        and claim.rule not in ('PERIOD-COVERED', 'WORKSHOP-UPSTREAM', 'SHARED-OUT', 'LEAKS-PART', 'PARTIAL-YEAR', 'BALANCE-METERING')
        and coalesce(claim.stage, 'leaks') = 'leaks' and (claim.stage is null or claim.rule <> 'ONLY-CLAIM') -- stages: no register's
),

best_claim as (
    select * from claim
    qualify
        row_number() over (
            partition by enterprise_id, source, medium, pollutant_id, year, outlet_id
            order by is_winner desc nulls last, tier asc nulls last, claim_id asc nulls last
        ) = 1
),

{# a register's figure of the site: the sum of its outlets, or its whole-site figure where it names none #}
figure as (
    select
        enterprise_id,
        source,
        medium,
        pollutant_id,
        year,
        coalesce(
            {{ exact_sum('case when not is_whole then emission_t end') }}, {{ exact_sum('case when is_whole then emission_t end') }}
        ) as emission_t,
        bool_or(is_winner) as chosen,
        bool_or(rule = 'UNIT-SLIP') as is_slip,
        coalesce(min(case when is_winner then rule end), min(rule)) as rule
    from best_claim
    group by enterprise_id, source, medium, pollutant_id, year
),

winner as (
    select
        enterprise_id,
        medium,
        pollutant_id,
        year,
        {{ exact_sum('emission_t') }} as emission_t
    from {{ ref('emission') }}
    group by enterprise_id, medium, pollutant_id, year
),

figures_compared as (
    select
        figure.*,
        winner.emission_t as winner_t,
        abs(ln(nullif(figure.emission_t, 0) / nullif(winner.emission_t, 0))) as ln_ratio,
        count(*) over (partition by figure.enterprise_id, figure.medium, figure.pollutant_id, figure.year) as source_count
    from figure
    left join
        winner
        on
            winner.enterprise_id = figure.enterprise_id
            and winner.medium = figure.medium
            and winner.pollutant_id = figure.pollutant_id
            and winner.year = figure.year
),

stated as (
    select
        compared.enterprise_id,
        compared.attribute,
        compared.source,
        compared.value,
        compared.chosen,
        case
            when confirmed.enterprise_id is not null then 'CONFIRMED'
            when contradicting.enterprise_id is not null then 'REGISTERS-CONTRADICT'
            else 'SURVIVORSHIP'
        end as rule,
        compared.conflict_class,
        compared.ln_ratio,
        compared.distance_m,
        compared.stated_at,
        compared.source_count,
        cast(null as {{ type_string() }}) as pollutant_id,
        cast(null as {{ type_string() }}) as medium,
        cast(null as integer) as year,
        {{ origin_of_column('compared.origin', 'value') }} as _origin
    from {{ ref('int_inventory__attributes_compared') }} as compared
    left join
        {{ ref('int_inventory__registers_contradicting') }} as contradicting
        on contradicting.enterprise_id = compared.enterprise_id and contradicting.source = compared.source
    left join
        {{ ref('int_inventory__site_attributes_confirmed') }} as confirmed
        on confirmed.enterprise_id = compared.enterprise_id and confirmed.attribute = compared.attribute
),

emitted as (
    select
        compared.enterprise_id,
        'emission_t|' || compared.pollutant_id || '|' || compared.medium || '|' || {{ to_text('compared.year') }} as attribute,
        compared.source,
        {{ to_text('compared.emission_t') }} as value,
        compared.chosen,
        compared.rule,
        case
            when compared.is_slip then 'unit_slip'
            when compared.emission_t = compared.winner_t or compared.ln_ratio <= limits.agree_ln then 'agree'
            when compared.ln_ratio <= limits.minor_ln then 'minor'
            when
                abs(compared.ln_ratio - round(compared.ln_ratio / ln(1000)) * ln(1000)) <= limits.slip_tolerance
                and not compared.chosen
                then 'unit_slip'
            when compared.ln_ratio <= limits.review_ln then 'review'
            when compared.winner_t is null then 'differ'
            -- also a stated 0 against a figure, whose ratio is without bounds
            else 'block'
        end as conflict_class,
        compared.ln_ratio,
        cast(null as double) as distance_m,
        {{ to_text('compared.year') }} as stated_at,
        compared.source_count,
        compared.pollutant_id,
        compared.medium,
        compared.year,
        {{ origin_none() }} as _origin
    from figures_compared as compared
    cross join limits
    where compared.source_count > 1
),

everything as (select * from stated union all select * from emitted)

select * from everything
qualify bool_or(conflict_class <> 'agree') over (partition by enterprise_id, attribute)
