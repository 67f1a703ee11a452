{# The index of each area in the assessment year and the two before: dimensions, interval, rank band, what is not
   rated. The zone has no rank: it is the only one of its kind. Listed are rated years and the assessment year. #}
with

unknown as (
    select
        scored.area_id,
        scored.year,
        {{ listagg_text('indicator.indicator_id', '、', 'indicator.indicator_id') }} as unrated_ids,
        cast(count(*) as integer) as unrated_count
    from {{ ref('annual_index') }} as scored
    cross join {{ ref('indicator') }} as indicator
    left join {{ ref('indicator_value') }} as known
        on known.indicator_id = indicator.indicator_id and known.area_id = scored.area_id and known.year = scored.year
    where known.indicator_id is null
    group by scored.area_id, scored.year
),

inherited as (
    select area_id, year, cast(count(*) as integer) as inherited_count
    from {{ ref('indicator_value') }}
    where is_imputed
    group by area_id, year
)

select
    cast(row_number() over (
        order by
            case area.area_kind when 'area' then 0 when 'park' then 1 else 2 end asc nulls last,
            area.area_no asc nulls last, scored.area_id asc nulls last, scored.year asc nulls last
    ) as integer) as row_no,
    scored.area_id,
    area.name_cn as area_name,
    scored.year,
    scored.environment_quality,
    scored.risk_prevention,
    scored.management_innovation,
    scored.industry_development,
    scored.public_participation,
    scored.index,
    scored.index_low,
    scored.index_high,
    scored.index_uncapped,
    {{ code_word('scored.level', 'level_of_index') }} as level,
    case when area.area_kind <> 'area' then scored.rank end as rank,
    case
        when area.area_kind = 'area' then null
        when scored.rank_low = scored.rank_high then {{ to_text('scored.rank_low') }}
        else {{ to_text('scored.rank_low') }} || '—' || {{ to_text('scored.rank_high') }}
    end as rank_band,
    100 * scored.coverage_share as coverage_pct,
    coalesce(unknown.unrated_count, 0) as unrated_count,
    unknown.unrated_ids,
    coalesce(inherited.inherited_count, 0) as inherited_count,
    scored.veto_reason,
    scored.index is not null or scored.year = edition.assessment_year as is_listed
from {{ ref('annual_index') }} as scored
inner join {{ ref('dim_area') }} as area on area.area_id = scored.area_id
cross join {{ ref('edition') }} as edition
left join inherited on inherited.area_id = scored.area_id and inherited.year = scored.year
left join unknown on unknown.area_id = scored.area_id and unknown.year = scored.year
where scored.year between edition.assessment_year - 2 and edition.assessment_year
