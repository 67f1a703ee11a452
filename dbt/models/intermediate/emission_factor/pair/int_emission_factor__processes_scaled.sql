-- What a process is called in the manual at each site: product, feedstock and scale. Scale by the surveyed capacity, else by the
-- largest year, against the limits of the process (kt/a); a class row takes its product from the files.
with

capacity as (
    select
        matched.enterprise_id,
        {{ exact_sum('process.capacity') }} / 1000 as capacity_kt_a
    from {{ ref('stg_site_survey__processes') }} as process
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'site_survey'
            and matched.source_key
            = {{ enterprise_source_key('process.permit_no', 'process.credit_code', 'process.enterprise_name') }}
    where process.unit in ('t/a', '吨/年', 't') and process.capacity > 0
    group by matched.enterprise_id
),

scaled as (
    select
        summed.enterprise_id,
        summed.process_id,
        case when count(distinct summed.item) = 1 and max(summed.item_count) = 1 then min(summed.item) end as item,
        coalesce(
            max(capacity.capacity_kt_a),
            max(case when length(summed.period) = 4 and summed.activity_unit = 't' then summed.activity end) / 1000
        ) as scale_kt_a
    from {{ ref('int_emission_factor__outputs_summed') }} as summed
    left join capacity on capacity.enterprise_id = summed.enterprise_id
    group by summed.enterprise_id, summed.process_id
)

select
    scaled.enterprise_id,
    scaled.process_id,
    coalesce(unit.product, scaled.item) as product,
    unit.feedstock,
    case
        when scaled.scale_kt_a < {{ try_double("split_part(unit.scale_bounds_kt_a, ';', 1)") }} then 'small'
        when scaled.scale_kt_a < {{ try_double("split_part(unit.scale_bounds_kt_a, ';', 2)") }} then 'medium'
        when scaled.scale_kt_a >= {{ try_double("split_part(unit.scale_bounds_kt_a, ';', 2)") }} then 'large'
    end as scale_class
from scaled
inner join {{ ref('process_unit') }} as unit on unit.process_id = scaled.process_id
