{# One row: the figures that the text of D13 quotes. #}
with

project as (
    select
        cast(count(*) as integer) as project_count,
        cast(count(case when is_converted then 1 end) as integer) as converted_count,
        {# with projects on the list a kind without a converted one has brought 0; without any nothing is known #}
        {% for name, counted in [
            ('converted', 'is_converted'),
            ('tourism', "is_converted and category = 'tourism'"),
            ('manufacturing', "is_converted and category in ('manufacturing', 'product')"),
            ('service', "is_converted and category = 'service'")] -%}
        case
            when count(*) > 0 and count(case when {{ counted }} then 1 end) = 0 then 0.0
            else {{ exact_sum('case when ' ~ counted ~ ' then value_yuan end') }} / 10000
        end as {{ name }}_wan_yuan
        {%- if not loop.last %},{% endif %}
        {% endfor %}
    from {{ ref('industry_plus') }}
),

last_year as (
    select max(year) as year from {{ ref('beach_quality') }}
),

beach as (
    select
        max(last_year.year) as beach_year,
        cast(count(*) as integer) as beach_count,
        cast(count(case when quality.level_no <= 2 then 1 end) as integer) as friendly_count,
        cast(count(quality.veto_reason) as integer) as veto_count
    from {{ ref('beach_quality') }} as quality
    inner join last_year on last_year.year = quality.year
),

recognised as (
    select
        cast(count(case when rule_set = 'leading_enterprise' and conclusion = '予以认定' then 1 end) as integer) as leading_count,
        cast(count(case when rule_set = 'friendly_product' and conclusion = '予以认定' then 1 end) as integer) as product_count
    from {{ ref('d13_recognition') }}
),

target as (
    select standard from {{ ref('deliverable') }} where deliverable_id = 'D13'
)

select
    'D13' as document_id,
    project.*,
    beach.beach_year,
    beach.beach_count,
    beach.friendly_count,
    beach.veto_count,
    recognised.leading_count,
    recognised.product_count,
    target.standard,
    edition.edition_no
from project
cross join beach
cross join recognised
cross join {{ ref('edition') }} as edition
left join target on true
