-- Cooling water that a site circulates in a year, as the execution report states it among the materials (a tonne of water is a cubic
-- metre), with the factor of circuits whose leaks nobody looks for: that leaks are looked for is not landed. A year's figure stands for
-- its quarters and months; without it four quarters or twelve months make the year; of fewer the volume is not known.
with

stated as (
    select
        matched.enterprise_id,
        {{ period_year('material.period') }} as year,
        material.period,
        {{ period_share('material.period') }} as part,
        material.quantity * amount.factor as volume_m3,
        material._file_no as file_no,
        {{ origin_cells('permit_material', 'material', {'emission_t': 'quantity'}) }} as origin
    from {{ ref('stg_permit__materials') }} as material
    inner join
        {{ ref('int_inventory__code_words_normalised') }} as word
        on word.code_set = 'utility' and word.code = 'cooling_water' and word.word = lower(trim(material.material_name))
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = {{ enterprise_source_key(
            'material.permit_no', 'cast(null as ' ~ type_string() ~ ')', 'material.unit_name') }}
    left join
        {{ ref('unit_conversion') }} as amount
        on amount.unit = material.unit and amount.quantity in ('volume', 'mass')
    where {{ period_year('material.period') }} is not null
),

yearly as (
    select
        enterprise_id,
        year,
        part,
        count(distinct period) * part > 0.999 and count(volume_m3) = count(*) as is_whole,
        {{ exact_sum('volume_m3') }} as volume_m3,
        max(file_no) as file_no,
        {{ origin_collect('origin') }} as origin
    from stated
    group by enterprise_id, year, part
),

chosen as (
    select *
    from yearly
    qualify
        row_number() over (
            partition by enterprise_id, year
            order by case when is_whole then 0 else 1 end asc nulls last, part desc nulls last
        ) = 1
)

select
    {{ id16(["'cooling_water'", 'chosen.enterprise_id', 'chosen.year']) }} as record_id,
    chosen.enterprise_id,
    'all' as object_no,
    chosen.year,
    'TVOC' as pollutant_id,
    case when chosen.is_whole then chosen.volume_m3 end as volume_m3,
    rate.value as factor_kg_m3,
    chosen.file_no,
    chosen.origin
from chosen
left join {{ ref('cooling_water') }} as rate on rate.param_id = 'uncontrolled' and rate.verified <> 'doubtful'
