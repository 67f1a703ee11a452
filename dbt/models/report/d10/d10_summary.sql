-- One row: the figures that the text of D10 quotes.
select
    'D10' as document_id,
    (select cast(count(*) as integer) from {{ ref('d10_process') }}) as process_count,
    (select cast(count(*) as integer) from {{ ref('d10_method') }}) as method_count,
    (select cast(count(*) as integer) from {{ ref('d10_factor') }}) as factor_count,
    (select cast(count(distinct process_id) as integer) from {{ ref('d10_factor') }}) as factor_process_count,
    (select cast(count(case when rating in ('A', 'B', 'C') then 1 end) as integer) from {{ ref('d10_factor') }}) as good_factor_count,
    (select cast(count(*) as integer) from {{ ref('d10_reference') }}) as reference_count,
    (select cast(count(distinct process_id) as integer) from {{ ref('reference_factor') }}) as reference_process_count,
    (
        select cast(count(*) as integer) from {{ ref('reference_factor') }} as reference
        inner join {{ ref('dim_pollutant') }} as pollutant
            on pollutant.pollutant_id = reference.pollutant_id and pollutant.is_new_pollutant
    ) as reference_new_count,
    (select cast(count(case when verified = '待核' then 1 end) as integer) from {{ ref('d10_reference') }}) as unverified_count,
    (select cast(count(*) as integer) from {{ ref('pair') }}) as pair_count,
    (select cast(count(case when is_used then 1 end) as integer) from {{ ref('pair') }}) as used_count,
    (select cast(count(*) as integer) from {{ ref('factor') }} where not is_published) as withheld_count,
    (
        select cast(count(*) as integer) from (
            select distinct arising.process_id, arising.pollutant_id
            from {{ ref('emission_factor_process_pollutant') }} as arising
            left join {{ ref('reduction_option') }} as option
                on option.process_id = arising.process_id and option.pollutant_id = arising.pollutant_id
            where
                not arising.is_check_list
                and arising.is_new_pollutant in ('yes', 'candidate')
                and option.process_id is null
        ) as lacking
    ) as no_technology_count,
    (select max(version) from {{ ref('factor') }}) as version,
    (
        select cast(max(case when parameter_id = 'factor_least_enterprises' then {{ try_double('value') }} end) as integer)
        from {{ ref('parameter_used') }}
    ) as least_enterprises,
    edition.edition_no
from {{ ref('edition') }} as edition
