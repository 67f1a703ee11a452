-- How a plant's release to air for a unit of production changed from one year to the next: ratio of the releases over the production
-- ratio that the report states. Relative only: no register says how much was made, so no factor in kg/t comes of it. The year before must
-- stand in the landing folder too.
with

ratio as (
    select
        matched.enterprise_id,
        stated.pollutant_id,
        {{ period_year('stated.period') }} as year,
        -- several reports of one substance that differ tell of no single product
        case when count(distinct stated.ratio) = 1 then min(stated.ratio) end as production_ratio,
        min(stated.industry_code) as industry_code,
        {{ origin_collect(origin_cells('permit_production_ratio', 'stated', {'production_ratio': 'ratio'})) }} as origin
    from {{ ref('stg_permit__production_ratios') }} as stated
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = stated.permit_no
    where stated.pollutant_id is not null and {{ period_year('stated.period') }} is not null
    group by matched.enterprise_id, stated.pollutant_id, {{ period_year('stated.period') }}
),

release as (
    select
        enterprise_id,
        pollutant_id,
        year,
        case when count(emission_t) = count(*) then {{ exact_sum('emission_t') }} end as emission_t
    from {{ ref('emission') }}
    where medium = 'air'
    group by enterprise_id, pollutant_id, year
)

select
    ratio.enterprise_id,
    ratio.pollutant_id,
    ratio.year,
    ratio.industry_code,
    before.emission_t as emission_before_t,
    release.emission_t,
    ratio.production_ratio,
    case
        when ratio.production_ratio > 0 and before.emission_t > 0 and release.emission_t > 0
            then release.emission_t / before.emission_t / ratio.production_ratio
    end as factor_change,
    case
        when ratio.production_ratio is null then 'ACTIVITY-UNKNOWN'
        when ratio.production_ratio <= 0 then 'ACTIVITY-ZERO'
        when before.emission_t is null or release.emission_t is null then 'EMISSION-UNKNOWN'
        when before.emission_t <= 0 or release.emission_t <= 0 then 'EMISSION-ZERO'
    end as reason_code,
    ratio.origin as _origin
from ratio
left join release
    on release.enterprise_id = ratio.enterprise_id and release.pollutant_id = ratio.pollutant_id and release.year = ratio.year
left join release as before
    on before.enterprise_id = ratio.enterprise_id and before.pollutant_id = ratio.pollutant_id and before.year = ratio.year - 1
