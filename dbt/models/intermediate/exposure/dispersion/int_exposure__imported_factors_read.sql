-- Factors that were computed elsewhere, s/m3: rows of tables, and results of AERMOD over the emission rate of their source group (1 g/s
-- where the list of groups says none). Of several hours or ranks of one place the largest counts. Unknown units, averaging times and
-- groups have no factor, and are counted.
with

permit as (
    select source_key as permit_no, min(enterprise_id) as enterprise_id
    from {{ ref('int_inventory__enterprise_matched') }}
    where source = 'permit' and enterprise_id not like '%-000'
    group by source_key
),

stated as (
    select
        permit.enterprise_id || ':' || factor.outlet_no as outlet_id,
        factor.receptor_code,
        factor.longitude,
        factor.latitude,
        cast(null as double) as x_m,
        cast(null as double) as y_m,
        cast(null as {{ type_string() }}) as projection,
        averaging.code as averaging_time,
        {{ to_text('factor.met_year') }} as met_year,
        'factor table' as model_kind,
        factor.factor * unit.factor as chi_over_q_s_m3,
        factor._file_no as file_no
    from {{ ref('stg_dispersion__factors') }} as factor
    left join permit on permit.permit_no = factor.permit_no
    left join {{ ref('unit_conversion') }} as unit on unit.unit = factor.unit and unit.quantity = 'dispersion_factor'
    left join {{ ref('int_inventory__code_words_normalised') }} as averaging
        on averaging.code_set = 'averaging_time' and averaging.word = lower(trim(factor.averaging_time_word))
),

source_group as (
    select
        source_group.run_name,
        source_group.source_group,
        permit.enterprise_id || ':' || source_group.outlet_no as outlet_id,
        coalesce(source_group.emission_rate_g_s, 1) as emission_rate_g_s,
        source_group.met_year,
        source_group.projection
    from {{ ref('stg_dispersion__source_groups') }} as source_group
    left join permit on permit.permit_no = source_group.permit_no
    qualify
        row_number() over (
            partition by source_group.run_name, source_group.source_group
            order by source_group._file_no asc nulls last, source_group._row asc nulls last, source_group._record_id asc nulls last
        ) = 1
),

modelled as (
    select
        source_group.outlet_id,
        cast(null as {{ type_string() }}) as receptor_code,
        cast(null as double) as longitude,
        cast(null as double) as latitude,
        model_value.x_m,
        model_value.y_m,
        source_group.projection,
        averaging.code as averaging_time,
        {{ to_text('source_group.met_year') }} as met_year,
        'model output' as model_kind,
        case
            when source_group.emission_rate_g_s > 0 then model_value.concentration_ug_m3 / 1e6 / source_group.emission_rate_g_s
        end as chi_over_q_s_m3,
        model_value._file_no as file_no
    from {{ ref('stg_dispersion__model_values') }} as model_value
    left join source_group
        on source_group.source_group = model_value.source_group
        and coalesce(source_group.run_name, model_value.run_name) = model_value.run_name
    left join {{ ref('int_inventory__code_words_normalised') }} as averaging
        on averaging.code_set = 'averaging_time' and averaging.word = lower(trim(model_value.averaging_time_word))
),

united as (
    select * from stated
    union all
    select * from modelled
)

select
    outlet_id,
    receptor_code,
    longitude,
    latitude,
    x_m,
    y_m,
    projection,
    averaging_time,
    met_year,
    model_kind,
    max(chi_over_q_s_m3) as chi_over_q_s_m3,
    min(file_no) as file_no
from united
group by outlet_id, receptor_code, longitude, latitude, x_m, y_m, projection, averaging_time, met_year, model_kind
