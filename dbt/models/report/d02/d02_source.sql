{# The list of risk sources in print order: by rank, those without a band after them. A source without a band is not a low
   one: too little is known of it. #}
with

{# Only what a source states: what the build works out carries the edition's own date, the same for all. #}
updated as (
    select
        enterprise_id,
        max(value_date) as updated_on
    from {{ ref('enterprise_dossier') }}
    where state in ('reported', 'verified')
    group by enterprise_id
),

{# of which the year's releases are stated for some months or quarters only #}
part_year as (
    select distinct total.scope_id as enterprise_id
    from {{ ref('emission_total') }} as total
    inner join {{ ref('edition') }} as edition on edition.assessment_year = total.year
    where total.scope_kind = 'enterprise' and total.partial_year_count > 0
)

select
    cast(
        row_number() over (order by risk.rank asc nulls last, risk.enterprise_id asc nulls last) as integer
    ) as row_no,
    risk.enterprise_id,
    site.name,
    site.credit_code,
    site.permit_no,
    coalesce(park.name_cn, '园区外或未知') as park_name,
    coalesce(site.industry_name || '（' || site.industry_code || '）', site.industry_code) as industry,
    site.longitude,
    site.latitude,
    {{ code_word('risk.management_class', 'management_class') }} as management_class,
    nullif({{ list_text('risk.key_pollutants', '、') }}, '') as key_pollutants,
    risk.risk_pollutant_count,
    risk.emission_air_kg,
    risk.emission_water_kg,
    risk.toxicity_weighted_kg as toxicity_weighted_index,
    case
        when risk.nearest_receptor_m is not null
            then coalesce(receptor.name, risk.nearest_receptor_id) || '，'
                || {{ to_text('cast(round(risk.nearest_receptor_m) as integer)') }} || ' m'
    end as nearest_receptor,
    risk.population_within_1km,
    risk.population_within_3km,
    risk.score,
    risk.rank,
    case
        when risk.rank is not null
            then {{ to_text('risk.rank') }} || '[' || {{ to_text('risk.rank_low') }} || '–' || {{ to_text('risk.rank_high') }} || ']'
    end as rank_band,
    risk.rank_low,
    risk.rank_high,
    case when risk.band is null then '未评（资料不足）' else {{ code_word('risk.band', 'band_and_confidence') }} || '风险' end as grade,
    {{ code_words_only('risk.reason_codes', 'source_reason') }} as reasons,
    nullif({{ list_text('risk.reason_codes', '、') }}, '') as reason_codes,
    'YQYD-' || risk.enterprise_id as dossier_no,
    {{ code_word('risk.confidence', 'band_and_confidence') }} as confidence,
    coalesce(updated.updated_on, risk.as_of) as updated_on,
    case when part_year.enterprise_id is not null then '含不足一年的排放量' end as remark,
    part_year.enterprise_id is not null as has_part_year,
    risk.share_of_zone * 100 as share_pct,
    coalesce(risk.band = 'high', false) as is_high_risk,
    {{ code_word('site.status', 'enterprise_status') }} as status,
    coalesce(park.area_id, 'unknown') as park_id,
    park.area_no as park_no,
    coalesce(site.industry_code, 'unknown') as industry_code
from {{ ref('risk_source') }} as risk
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = risk.enterprise_id
left join {{ ref('dim_area') }} as park on park.area_id = risk.park_id
left join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = risk.nearest_receptor_id
left join updated on updated.enterprise_id = risk.enterprise_id
left join part_year on part_year.enterprise_id = risk.enterprise_id
