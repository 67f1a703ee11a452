{# One source a substance, role and year: the chemical survey, else the materials and products of the site survey that have a
   CAS number or the name of a substance in the alias list (naphtha and the like have neither and stay in `activity`). A quantity
   that a form repeats for each way of discharge is counted once (same purpose, stage and figure). What counts of a site, substance
   and role is the newest statement up to the assessment year, if it is not older than the screening's years. #}
with

named as (
    {{ substances_by_plain_name() }}
),

surveyed as (
    select
        matched.enterprise_id,
        coalesce(use_record.cas_no, named.pollutant_id, 'unknown') as pollutant_id,
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
    left join named on named.plain_name = {{ plain_name('use_record.chemical_name') }}
    union all
    select
        stated.enterprise_id,
        coalesce(stated.cas_no, named.pollutant_id) as pollutant_id,
        case stated.item_kind when 'product' then 'produced' else 'used' end as role,
        {{ period_year('stated.period') }} as year,
        stated.source,
        2 as source_rank,
        stated.quantity_t,
        cast(null as {{ type_string() }}) as purpose,
        stated.item as process_stage,
        stated.origin
    from {{ ref('int_inventory__quantities_unioned') }} as stated
    left join named on named.plain_name = {{ plain_name('stated.item') }}
    where stated.source = 'site_survey' and (stated.cas_no is not null or named.pollutant_id is not null)
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
),

best as (
    select * from summed
    qualify
        row_number() over (
            partition by enterprise_id, pollutant_id, role, year
            order by case when quantity_t is null then 1 else 0 end asc nulls last, source_rank asc nulls last
        ) = 1
),

span as (
    select
        max(assessed.assessment_year) as last_year,
        max(assessed.assessment_year) - max(parameter.value) as before_first_year
    from {{ ref('int_inventory__assessment_year_chosen') }} as assessed
    cross join {{ ref('int_core__parameter_values_chosen') }} as parameter
    where parameter.parameter_id = 'screening.use_years'
)

select
    best.enterprise_id,
    best.pollutant_id,
    best.role,
    best.year,
    best.quantity_t,
    nullif(best.purpose, '') as purpose,
    best.source,
    coalesce(
        best.year > span.before_first_year
        and best.year = max(case when best.year <= span.last_year then best.year end) over (
            partition by best.enterprise_id, best.pollutant_id, best.role
        ),
        false
    ) as is_counted,
    best.origin as _origin
from best
cross join span
