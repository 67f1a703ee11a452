{# Section 7: the emission account of the assessment year, each winner beside what the other registers say. The figure is what a
   register states (reported) unless it is a sum of parts of the year or was computed here (derived); interval, grade and comparison are computed. The
   permitted quantity has its own source: the permit's list of limits. #}
with

year as (
    select assessment_year as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

stated as (
    select
        claim.enterprise_id,
        claim.outlet_id,
        claim.medium,
        claim.pollutant_id,
        {{ listagg_text(
            "coalesce(source.label_cn, claim.source) || ' ' || coalesce(method.label_cn, claim.method) || ' '"
            ~ " || coalesce("
            ~ figure_text('claim.emission_t') ~ " || ' t', '—')",
            '；', 'claim.claim_id') }} as claims
    from {{ ref('emission_claim') }} as claim
    inner join year on year.year = claim.year
    {{ code_label_join('source', 'source', 'claim.source') }}
    {{ code_label_join('method', 'method_of_emission', 'claim.method') }}
    group by claim.enterprise_id, claim.outlet_id, claim.medium, claim.pollutant_id
),

winner as (
    select claim_id, period_basis, {{ origin_any_file_no('_origin') }} as file_no
    from {{ ref('emission_claim') }}
),

computed as (
    select claim_id from {{ ref('int_inventory__formula_claims_made') }}
    union
    select claim_id from {{ ref('int_inventory__factor_claims_made') }}
),

emission as (
    select
        emission.enterprise_id,
        emission.outlet_id,
        emission.pollutant_id,
        emission.year,
        emission.medium as medium_code,
        concat_ws('|', emission.outlet_id, emission.medium, emission.pollutant_id) as item_key,
        row_number() over (
            partition by emission.enterprise_id
            order by
                emission.medium asc nulls last,
                emission.pollutant_id asc nulls last,
                emission.outlet_id asc nulls last
        ) as item_rank,
        {{ outlet_word("replace(emission.outlet_id, emission.enterprise_id || ':', '')") }} as outlet_no,
        coalesce(medium.label_cn, emission.medium) as medium,
        coalesce(pollutant.name_cn, emission.pollutant_id)
        || case when emission.rule = 'LEAKS-ONLY' then '（仅知泄漏，为部分量）' else '' end as pollutant,
        {{ figure_text('emission.emission_t') }} as emission,
        {{ significant_text('emission.emission_low_t', 3) }}
        || '–' || {{ significant_text('emission.emission_high_t', 3) }} as emission_range,
        coalesce(method.label_cn, emission.method) as method,
        emission.quality,
        {{ number_text('emission.permitted_t') }} as permitted,
        stated.claims,
        emission.source,
        winner.file_no,
        {{ period_last_day(to_text('emission.year')) }} as value_date,
        case when winner.period_basis = 'sum' or computed.claim_id is not null then 'derived' else 'reported' end as state,
        {{ row_key([
            'emission.enterprise_id', 'emission.outlet_id', 'emission.medium', 'emission.pollutant_id', 'emission.year']) }} as parent_key
    from {{ ref('emission') }} as emission
    inner join year on year.year = emission.year
    left join winner on winner.claim_id = emission.claim_id
    left join computed on computed.claim_id = emission.claim_id
    left join
        stated
        on
            stated.enterprise_id = emission.enterprise_id
            and stated.outlet_id = emission.outlet_id
            and stated.medium = emission.medium
            and stated.pollutant_id = emission.pollutant_id
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = emission.pollutant_id
    {{ code_label_join('medium', 'medium_of_emission', 'emission.medium') }}
    {{ code_label_join('method', 'method_of_emission', 'emission.method') }}
),

limit_file as (
    select
        permitted.enterprise_id,
        permitted.outlet_id,
        permitted.pollutant_id,
        permitted.year,
        permitted.medium,
        {{ origin_any_file_no('permitted._origin') }} as file_no
    from {{ ref('permitted_emission') }} as permitted
),

permitted as (
    select
        emission.enterprise_id,
        emission.item_key,
        emission.item_rank,
        emission.permitted,
        case when emission.permitted is not null then 'permit' end as source,
        coalesce(own_medium.file_no, any_medium.file_no) as file_no,
        emission.value_date,
        'reported' as state,
        emission.parent_key
    from emission
    left join
        limit_file as own_medium
        on
            own_medium.enterprise_id = emission.enterprise_id
            and own_medium.outlet_id = emission.outlet_id
            and own_medium.pollutant_id = emission.pollutant_id
            and own_medium.year = emission.year
            and own_medium.medium = emission.medium_code
    left join
        limit_file as any_medium
        on
            any_medium.enterprise_id = emission.enterprise_id
            and any_medium.outlet_id = emission.outlet_id
            and any_medium.pollutant_id = emission.pollutant_id
            and any_medium.year = emission.year
            and any_medium.medium = 'unspecified'
)

{{ dossier_of_table('emission', 'emission', 'inventory.emission', {
    'outlet_no': 'outlet_id', 'medium': 'medium', 'pollutant': 'pollutant_id', 'emission': 'emission_t',
    'emission_range': 'emission_low_t', 'method': 'method', 'quality': 'quality', 'claims': 'claim_count'},
    computed=['emission_range', 'quality', 'claims']) }}
union all
{{ dossier_of_table('permitted', 'emission', 'inventory.emission', {'permitted': 'permitted_t'}) }}
