{# The up to three substances that make most of a source's hazard load, and what the first weighs. #}
with

share as (
    select
        release.enterprise_id,
        release.pollutant_id,
        coalesce(pollutant.name_cn, pollutant.name_en, release.pollutant_id) as name,
        {{ exact_sum('release.weighted_kg') }} as weighted_kg,
        {{ exact_sum('release.emission_kg') }} as emission_kg
    from {{ ref('int_risk_grade__releases_loaded') }} as release
    inner join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = release.pollutant_id
    where release.weighted_kg > 0
    group by release.enterprise_id, release.pollutant_id, pollutant.name_cn, pollutant.name_en
),

placed as (
    select
        share.*,
        share.weighted_kg / source.hazard_load as part,
        row_number() over (
            partition by share.enterprise_id order by share.weighted_kg desc nulls last, share.pollutant_id asc nulls last
        ) as place
    from share
    inner join {{ ref('int_risk_grade__sources_loaded') }} as source on source.enterprise_id = share.enterprise_id
)

select
    enterprise_id,
    {{ json_rows([('pollutant_id', 'pollutant_id'), ('name', 'name'), ('share', 'round_even(part, 6)')], 'place') }}
        as drivers,
    {{ listagg_text('name', '、', 'place') }} as names,
    max(case when place = 1 then name end) as first_name,
    max(case when place = 1 then weighted_kg / emission_kg end) as first_weight,
    max(case when place = 1 then weighted_kg end) as first_weighted_kg,
    max(case when place = 1 then part end) as first_part
from placed
where place <= 3
group by enterprise_id
