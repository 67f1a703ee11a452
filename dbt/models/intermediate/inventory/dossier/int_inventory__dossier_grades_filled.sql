{# Sections 10 (risks at the sensitive place where the site is the leading source), 11 (grade and code) and 14 (measures). They rest on
   tables that are made of the inventory, so they are not counted in its completeness. #}
{%- set nothing = 'cast(null as ' ~ type_string() ~ ')' -%}
with

{# who lives there all their life; of several places the one of the highest risk #}
risk as (
    select
        total.driver_enterprise_id as enterprise_id,
        'site' as item_key,
        1 as item_rank,
        receptor.name as place,
        {{ significant_text('total.cancer_risk', 2) }} as cancer_risk,
        {{ significant_text('total.hazard_index', 2) }} as hazard_index,
        {{ significant_text('total.driver_enterprise_share * 100', 3) }} as share,
        {{ code_word('total.risk_level', 'risk_level') }} as risk_level,
        {{ row_key(['total.place_id', 'total.population_group']) }} as parent_key,
        row_number() over (
            partition by total.driver_enterprise_id
            order by total.cancer_risk desc nulls last, total.hazard_index desc nulls last, total.place_id asc nulls last
        ) as place_no
    from {{ ref('health_risk_total') }} as total
    inner join {{ ref('dim_receptor') }} as receptor on receptor.receptor_id = total.place_id
    where total.place_kind = 'receptor' and total.population_group = 'resident_life' and total.driver_enterprise_id is not null
),

graded as (
    select
        grade.enterprise_id,
        'site' as item_key,
        1 as item_rank,
        {{ grade_word('grade.grade') }} as grade,
        grade.reason_text as reasons,
        grade.to_next_grade,
        grade.enterprise_id as parent_key
    from {{ ref('source_grade') }} as grade
),

coded as (
    select
        code.enterprise_id,
        'site' as item_key,
        1 as item_rank,
        {{ code_word('code.colour', 'colour') }} as colour,
        {{ to_text('code.valid_until') }} as valid_until,
        code.enterprise_id as parent_key
    from {{ ref('risk_code') }} as code
),

measured as (
    select
        given.enterprise_id,
        given.measure_id as item_key,
        row_number() over (
            partition by given.enterprise_id order by given.stage asc nulls last, given.measure_id asc nulls last
        ) as item_rank,
        catalogue.measure,
        {{ code_word('given.stage', 'stage_of_measure') }} as stage,
        given.trigger,
        {{ to_text('given.due') }} as due,
        {{ significant_text('given.expected_reduction_kg', 2) }} as expected_reduction_kg,
        {{ row_key(['given.enterprise_id', 'given.measure_id']) }} as parent_key
    from {{ ref('enterprise_measure') }} as given
    inner join {{ ref('control_measure') }} as catalogue on catalogue.measure_id = given.measure_id
),

{# what every item of this model says of its source: it is computed here, as of the build's day #}
{%- for name in ['risk', 'graded', 'coded', 'measured'] %}
dated_{{ name }} as (
    select
        item.*,
        {{ nothing }} as source,
        cast(null as integer) as file_no,
        build.as_of as value_date,
        'derived' as state
    from {{ name }} as item
    cross join {{ source('intake', 'build') }} as build
    {% if name == 'risk' %}where item.place_no = 1{% endif %}
){{ ',' if not loop.last }}
{%- endfor %}

{{ dossier_of_table('dated_risk', 'exposure', 'exposure.health_risk_total', {
    'place': 'place_id', 'cancer_risk': 'cancer_risk', 'hazard_index': 'hazard_index', 'share': 'driver_enterprise_share',
    'risk_level': 'risk_level'}) }}
union all
{{ dossier_of_table('dated_graded', 'grade', 'risk_grade.source_grade', {
    'grade': 'grade', 'reasons': 'reason_text', 'to_next_grade': 'to_next_grade'}) }}
union all
{{ dossier_of_table('dated_coded', 'grade', 'risk_grade.risk_code', {'colour': 'colour', 'valid_until': 'valid_until'}) }}
union all
{{ dossier_of_table('dated_measured', 'measure', 'risk_grade.enterprise_measure', {
    'measure': 'measure_id', 'stage': 'stage', 'trigger': 'trigger', 'due': 'due',
    'expected_reduction_kg': 'expected_reduction_kg'}) }}
