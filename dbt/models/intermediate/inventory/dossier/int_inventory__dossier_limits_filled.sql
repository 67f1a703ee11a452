{# Section 6, second part: what the permit allows at an outlet, with the yearly quantity of the assessment year where the permit
   states one (years are counted from its first day). #}
with

year as (
    select assessment_year as year from {{ ref('int_inventory__assessment_year_chosen') }}
),

permit as (
    select permit_no, max(valid_from) as valid_from
    from {{ ref('stg_permit__sites') }}
    group by permit_no
),

stated as (
    select
        matched.enterprise_id,
        stated.*,
        permit.valid_from,
        coalesce(stated.outlet_no, stated.block_word, '全厂') as outlet_text,
        coalesce(cast(extract(year from permit.valid_from) as integer) + stated.year_no - 1 = year.year, false) as is_of_year
    from {{ ref('stg_permit__limits') }} as stated
    cross join year
    left join permit on permit.permit_no = stated.permit_no
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = stated.permit_no
    where matched.enterprise_id not like '%-000'
),

item as (
    select
        stated.enterprise_id,
        concat_ws('|', stated.outlet_text, stated.pollutant_id, stated.standard) as item_key,
        stated.outlet_text as outlet_no,
        coalesce(pollutant.name_cn, stated.pollutant_id) as pollutant,
        {{ number_text('stated.concentration_limit') }}
        || coalesce(' ' || {{ printed_unit('stated.concentration_limit_unit') }}, '') as concentration_limit,
        {{ number_text('stated.rate_limit') }} || coalesce(' ' || {{ printed_unit('stated.rate_limit_unit') }}, '') as rate_limit,
        case when stated.is_of_year then {{ number_text('stated.annual_limit_t') }} end as annual_limit,
        stated.standard,
        'permit' as source,
        stated.valid_from as value_date,
        'reported' as state,
        {{ provenance('stated') }}
    from stated
    left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = stated.pollutant_id
    qualify
        row_number() over (
            partition by stated.enterprise_id, stated.outlet_text, stated.pollutant_id, stated.standard
            order by
                case when stated.is_of_year then 0 else 1 end asc nulls last,
                stated.valid_from desc nulls last,
                stated.year_no desc nulls last,
                stated._file_no asc nulls last,
                stated._row asc nulls last,
                stated._field asc nulls last, stated._record_id asc nulls last
        ) = 1
),

limit_item as (
    select *, row_number() over (partition by enterprise_id order by item_key asc nulls last) as item_rank
    from item
)

{{ dossier_of_record('limit_item', 'limit', 'permit_limit', {
    'outlet_no': 'outlet_no', 'pollutant': 'pollutant_id', 'concentration_limit': 'concentration_limit',
    'rate_limit': 'rate_limit', 'annual_limit': 'annual_limit_t', 'standard': 'standard'}) }}
