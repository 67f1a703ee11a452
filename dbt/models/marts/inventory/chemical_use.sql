{# One source a substance, role and year: the chemical survey, else the materials and products of the site survey that have a
   CAS number. A quantity that a form repeats for each way of discharge is counted once (same purpose, stage and figure). #}
with

surveyed as (
    select
        matched.enterprise_id,
        coalesce(use_record.cas_no, 'unknown') as pollutant_id,
        coalesce(role_word.code, 'unknown') as role,
        use_record.survey_year as year,
        'chemical_survey' as source,
        1 as source_rank,
        use_record.quantity_t,
        use_record.purpose,
        use_record.process_stage,
        {{ origin_cells('chemical_survey_use', 'use_record', {
            'quantity_t': 'quantity_t', 'pollutant_id': 'cas_no', 'role': 'role', 'purpose': 'purpose'}) }} as origin
    from {{ ref('stg_chemical_survey__uses') }} as use_record
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on
            matched.source = 'chemical_survey'
            and matched.source_key = {{ enterprise_source_key('use_record.permit_no', 'use_record.credit_code', 'use_record.name') }}
    left join
        {{ ref('int_inventory__code_words_normalised') }} as role_word
        on role_word.code_set = 'role_of_chemical' and role_word.word = lower(trim(use_record.role_word))
    union all
    select
        enterprise_id,
        cas_no as pollutant_id,
        case item_kind when 'product' then 'produced' else 'used' end as role,
        {{ period_year('period') }} as year,
        source,
        2 as source_rank,
        quantity_t,
        cast(null as {{ type_string() }}) as purpose,
        item as process_stage,
        origin
    from {{ ref('int_inventory__quantities_unioned') }}
    where source = 'site_survey' and cas_no is not null
),

counted_once as (
    select
        enterprise_id,
        pollutant_id,
        role,
        year,
        source,
        source_rank,
        purpose,
        process_stage,
        quantity_t,
        {{ origin_collect('origin') }} as origin
    from surveyed
    where year is not null
    group by enterprise_id, pollutant_id, role, year, source, source_rank, purpose, process_stage, quantity_t
),

summed as (
    select
        enterprise_id,
        pollutant_id,
        role,
        cast(year as integer) as year,
        source,
        source_rank,
        {{ exact_sum('quantity_t') }} as quantity_t,
        {{ list_text(list_agg_distinct('purpose'), '、') }} as purpose,
        {{ origin_collect('origin') }} as origin
    from counted_once
    group by enterprise_id, pollutant_id, role, year, source, source_rank
)

select
    enterprise_id,
    pollutant_id,
    role,
    year,
    quantity_t,
    nullif(purpose, '') as purpose,
    source,
    origin as _origin
from summed
qualify
    row_number() over (
        partition by enterprise_id, pollutant_id, role, year
        order by case when quantity_t is null then 1 else 0 end asc nulls last, source_rank asc nulls last
    ) = 1
