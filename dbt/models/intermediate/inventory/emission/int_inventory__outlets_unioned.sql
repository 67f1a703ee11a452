{# Outlets as the permits state them: one row an outlet of a site, the newest record. #}
with

outlet as (
    select
        matched.enterprise_id,
        stated.outlet_no,
        stated.outlet_name,
        kind_word.code as outlet_kind,
        stated.longitude,
        stated.latitude,
        stated.height_m,
        stated.diameter_m,
        stated.temperature_k,
        stated.is_temperature_assumed,
        stated.velocity_m_s,
        stated.source_width_m,
        stated.discharge_to,
        stated.water_body,
        stated.record_year,
        {{ provenance('stated') }}
    from {{ ref('stg_permit__outlets') }} as stated
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = stated.permit_no
    left join
        {{ ref('int_inventory__code_words_normalised') }} as kind_word
        on kind_word.code_set = 'outlet_kind' and kind_word.word = lower(trim(stated.outlet_kind_word))
    where stated.outlet_no is not null
)

select
    enterprise_id || ':' || outlet_no as outlet_id,
    outlet.*
from outlet
qualify
    row_number() over (
        partition by enterprise_id, outlet_no
        order by record_year desc nulls last, _file_no asc nulls last, _sheet asc nulls last, _row asc nulls last, _record_id asc nulls last
    ) = 1
