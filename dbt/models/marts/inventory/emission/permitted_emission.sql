{# What the permit allows in a year: the strictest of the standards named for the outlet, from the newest permit. Subtotals
   of main or general outlets (no outlet number, not the whole site) are left out. A limit is never an emission. #}
with

permit as (
    select
        permit_no,
        valid_from,
        _file_no,
        _sheet,
        _row,
        _field,
        _cells
    from {{ ref('stg_permit__sites') }}
    where valid_from is not null
    qualify
        row_number() over (
            partition by permit_no
            order by
                valid_from desc nulls last,
                _file_no asc nulls last,
                _row asc nulls last,
                _record_id asc nulls last
        ) = 1
),

permit_limit as (
    select
        matched.enterprise_id,
        matched.enterprise_id || ':' || coalesce(outlet.outlet_no, no_word.code, stated.outlet_no, 'site') as outlet_id,
        coalesce(
            medium_word.code,
            kind_medium.code,
            'unspecified'
        ) as medium,
        coalesce(stated.pollutant_id, 'unknown') as pollutant_id,
        cast(year(permit.valid_from) + stated.year_no - 1 as integer) as year,
        stated.annual_limit_t,
        permit.valid_from,
        {{ origin_join([
            origin_cells('permit_limit', 'stated', {'permitted_t': 'annual_limit_t'}),
            origin_cells('permit_site', 'permit', {'year': 'valid_from'}),
        ]) }} as origin
    from {{ ref('stg_permit__limits') }} as stated
    inner join permit on permit.permit_no = stated.permit_no
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = 'permit' and matched.source_key = stated.permit_no
    left join
        {{ ref('int_inventory__outlets_unioned') }} as outlet
        on outlet.enterprise_id = matched.enterprise_id and outlet.outlet_no = stated.outlet_no
    left join
        {{ ref('int_inventory__code_words_normalised') }} as no_word
        on no_word.code_set = 'outlet_kind' and no_word.word = lower(trim(stated.outlet_no))
    left join
        {{ ref('int_inventory__code_words_normalised') }} as letters
        on letters.code_set = 'outlet_no_letters' and letters.word = {{ outlet_no_letters('stated.outlet_no') }}
    left join
        {{ ref('int_inventory__code_words_normalised') }} as medium_word
        on medium_word.code_set = 'medium_of_emission' and medium_word.word = lower(trim(stated.medium_word))
    left join
        {{ ref('int_inventory__code_words_normalised') }} as kind_medium
        on
            kind_medium.code_set = 'medium_of_outlet_kind'
            and kind_medium.word = coalesce(outlet.outlet_kind, no_word.code, letters.code)
    left join
        {{ ref('int_inventory__code_words_normalised') }} as block_word
        on block_word.code_set = 'outlet_block' and block_word.word = lower(trim(stated.block_word))
    where
        stated.annual_limit_t is not null
        and (stated.outlet_no is not null or coalesce(block_word.code, 'site') = 'site')
)

select
    enterprise_id,
    outlet_id,
    medium,
    pollutant_id,
    year,
    annual_limit_t as permitted_t,
    origin as _origin
from permit_limit
qualify
    row_number() over (
        partition by enterprise_id, outlet_id, medium, pollutant_id, year
        order by valid_from desc nulls last, annual_limit_t asc nulls last, {{ to_text('origin') }} asc nulls last
    ) = 1
