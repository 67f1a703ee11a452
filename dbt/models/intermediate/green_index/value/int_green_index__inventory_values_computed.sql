{# M1 and I3. M1: of the fields that a dossier must have the share that a register states or the enterprise confirmed, field by field,
   then by risk source; what is computed here is nobody's duty. I3: NMHC to the air over the benchmark a tonne of product, of makers of
   synthetic resin (GB/T 4754 class 2651) whose release and output are both known; weighted by output it is Σ E / Σ (b A). #}
with

assessed as (
    select cast(assessment_year as integer) as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

areas as (
    select * from {{ ref('int_green_index__areas_rated') }} where area_kind in ('area', 'park')
),

fields as (
    select
        dossier.enterprise_id,
        dossier.block,
        dossier.field_code,
        avg(case when dossier.state in ('verified', 'reported') then 1.0 else 0.0 end) as stated_share
    from {{ ref('enterprise_dossier') }} as dossier
    inner join {{ ref('dossier_block_field') }} as asked
        on asked.block = dossier.block and asked.field = dossier.field_code and asked.is_counted
    inner join {{ ref('risk_source') }} as risk on risk.enterprise_id = dossier.enterprise_id
    where dossier.state in ('verified', 'reported', 'missing')
    group by dossier.enterprise_id, dossier.block, dossier.field_code
),

dossiers as (
    select enterprise_id, {{ exact_mean('stated_share') }} as stated_share
    from fields
    group by enterprise_id
),

complete as (
    select
        areas.area_id,
        assessed.year,
        100 * {{ exact_mean('dossiers.stated_share') }} as value
    from dossiers
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = dossiers.enterprise_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = site.park_id
    cross join assessed
    group by areas.area_id, assessed.year
),

benchmark as (
    select limit_value as kg_t
    from {{ ref('environmental_limit') }}
    where
        pollutant_id = 'NMHC-PER-PRODUCT' and standard_code = 'GB 31572-2015' and standard_class = '大气污染物特别排放限值'
        and unit = 'kg/t product'
),

released as (
    select enterprise_id, year, 1000 * {{ exact_sum('emission_t') }} as emission_kg
    from {{ ref('emission') }}
    where pollutant_id = 'NMHC' and medium = 'air'
    group by enterprise_id, year
    having count(emission_t) = count(*)
),

made as (
    select enterprise_id, {{ period_year('period') }} as year, activity as product_t
    from {{ ref('int_emission_factor__outputs_summed') }}
    where process_id = 'C2651' and length(period) = 4 and activity_unit = 't' and activity > 0
),

intensity as (
    select
        areas.area_id,
        made.year,
        {{ exact_sum('released.emission_kg') }} / ({{ exact_sum('made.product_t') }} * max(benchmark.kg_t)) as value
    from made
    inner join released on released.enterprise_id = made.enterprise_id and released.year = made.year
    left join {{ ref('dim_enterprise') }} as site on site.enterprise_id = made.enterprise_id
    inner join areas on areas.area_kind = 'area' or areas.area_id = site.park_id
    cross join benchmark
    where site.industry_code = '2651'
    group by areas.area_id, made.year
)

select 'M1' as indicator_id, area_id, year, value, 'inventory.enterprise_dossier' as source_table from complete
union all
select 'I3' as indicator_id, area_id, cast(year as integer) as year, value, 'inventory.emission' as source_table from intensity
