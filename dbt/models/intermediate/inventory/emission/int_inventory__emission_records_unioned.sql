{# Every record that says how much of a pollutant a site released, on one footing: site, outlet, medium, year, tonnes.
   A record without an outlet speaks of the whole site (":site"), of its fugitive releases (":fugitive") or of outlets that it
   does not name (":unknown"). Permit limits are no emission and do not come here. #}
{%- set text = type_string() -%}
{%- set absent = 'cast(null as ' ~ text ~ ')' -%}
{%- set registers = [
    ('permit', 'permit_release', 'stg_permit__releases', 'permit_no', absent, absent, 'outlet_no', 'outlet_kind_word',
     'medium_word', 'pollutant_id', 'period', 'method_word', 'quantity', 'unit', 'true'),
    ('census', 'census_release', 'stg_census__releases', 'permit_no', 'credit_code', 'unit_name', 'outlet_no', absent,
     'medium_word', 'pollutant_id', to_text('record_year'), 'method_word', 'quantity', 'unit', 'true'),
    ('chemical_survey', 'chemical_survey_use', 'stg_chemical_survey__uses', 'permit_no', 'credit_code', 'name', absent, absent,
     'discharge_to_word', 'cas_no', to_text('survey_year'), absent, 'release_quantity', 'release_unit',
     'release_quantity is not null'),
    ('site_survey', 'site_survey_release', 'stg_site_survey__releases', 'permit_no', 'credit_code', 'enterprise_name', 'outlet_no',
     'release_form_word', 'discharge_to_word', 'pollutant_id', to_text('survey_year'), 'method_word', 'quantity', 'unit',
     'true'),
    ('monitoring', 'monitoring_leak', 'stg_monitoring__leaks', 'permit_no', 'credit_code', 'enterprise_name', absent,
     "'fugitive'", "'air'", 'pollutant_id', to_text('record_year'), "'ldar'", 'emission_t', "'t'",
     'emission_t is not null'),
] -%}
with

{% for source, raw_table, model, permit_no, credit_code, name, outlet_no, kind, medium, pollutant, period, method, quantity,
       unit, condition in registers %}
{{ raw_table }} as (
    select
        '{{ source }}' as source,
        '{{ raw_table }}' as raw_table,
        {{ enterprise_source_key(permit_no, credit_code, name) }} as source_key,
        {{ outlet_no }} as outlet_no,
        lower(trim({{ kind }})) as outlet_kind_word,
        lower(trim({{ medium }})) as medium_word,
        coalesce({{ pollutant }}, 'unknown') as pollutant_id,
        {{ period }} as period,
        lower(trim({{ method }})) as method_word,
        {{ quantity }} as quantity,
        {{ unit }} as unit,
        '{{ quantity }}' as quantity_column,
        {{ provenance() }}
    from {{ ref(model) }}
    where {{ condition }}
),

{% endfor %}
stated as (
    {% for register in registers %}
    select * from {{ register[1] }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

coded as (
    select
        stated.*,
        matched.enterprise_id,
        outlet.outlet_kind as permit_outlet_kind,
        coalesce(no_word.code, kind_word.code, letters.code) as stated_kind,
        coalesce(medium_word_code.code, discharge_word.code) as stated_medium,
        coalesce(method_word_code.code, 'reported') as method,
        mass_unit.factor as tonnes_per_unit
    from stated
    inner join
        {{ ref('int_inventory__enterprise_matched') }} as matched
        on matched.source = stated.source and matched.source_key = stated.source_key
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
        {{ ref('int_inventory__code_words_normalised') }} as kind_word
        on kind_word.code_set = 'outlet_kind' and kind_word.word = stated.outlet_kind_word
    left join
        {{ ref('int_inventory__code_words_normalised') }} as medium_word_code
        on medium_word_code.code_set = 'medium_of_emission' and medium_word_code.word = stated.medium_word
    left join
        {{ ref('int_inventory__code_words_normalised') }} as discharge_word
        on discharge_word.code_set = 'discharge_to' and discharge_word.word = stated.medium_word
    left join
        {{ ref('int_inventory__code_words_normalised') }} as method_word_code
        on method_word_code.code_set = 'method_of_emission' and method_word_code.word = stated.method_word
    left join
        {{ ref('unit_conversion') }} as mass_unit
        on
            mass_unit.unit = {{ unit_for_pollutant('stated.unit', 'stated.pollutant_id') }}
            and mass_unit.quantity in ('mass', 'mass_per_year')
),

placed as (
    select
        coded.*,
        case
            when outlet_no is not null and permit_outlet_kind is null and stated_kind in ('fugitive', 'site') then stated_kind
            when outlet_no is not null then 'outlet'
            when stated_kind in ('fugitive', 'site') then stated_kind
            when outlet_kind_word is null then 'site'
            else 'unknown'
        end as outlet_class,
        coalesce(
            stated_medium,
            kind_medium.code
        ) as known_medium
    from coded
    left join
        {{ ref('int_inventory__code_words_normalised') }} as kind_medium
        on kind_medium.code_set = 'medium_of_outlet_kind' and kind_medium.word = coalesce(permit_outlet_kind, stated_kind)
),

{# a record that does not say its medium has that of its outlet elsewhere, else that of the pollutant at the site, when there
   is one only #}
media as (
    select
        placed.*,
        min(known_medium) over (partition by enterprise_id, pollutant_id) as first_medium,
        max(known_medium) over (partition by enterprise_id, pollutant_id) as last_medium,
        min(known_medium) over (partition by enterprise_id, outlet_no) as outlet_medium,
        max(known_medium) over (partition by enterprise_id, outlet_no) as outlet_last_medium
    from placed
)

select
    source,
    raw_table,
    source_key,
    enterprise_id,
    case
        when outlet_class = 'outlet' then enterprise_id || ':' || outlet_no
        else enterprise_id || ':' || outlet_class
    end as outlet_id,
    outlet_class,
    coalesce(permit_outlet_kind, stated_kind, 'unknown') as outlet_kind,
    coalesce(
        known_medium,
        case when outlet_no is not null and outlet_medium = outlet_last_medium then outlet_medium end,
        case when first_medium = last_medium then first_medium end,
        'unspecified'
    ) as medium,
    pollutant_id,
    period,
    {{ period_year('period') }} as year,
    method,
    quantity * tonnes_per_unit as emission_t,
    quantity is not null and tonnes_per_unit is null as is_unit_unknown,
    quantity_column,
    {{ provenance() }}
from media
