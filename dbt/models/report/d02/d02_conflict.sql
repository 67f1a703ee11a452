{# Where sources differ: the value taken, and beside it each other one. Numbers show the difference against the value taken.
   Small differences, other years and sites off the list are left in inventory.source_conflict. #}
with

chosen as (
    select * from {{ ref('source_conflict') }}
    where chosen
    qualify
        row_number() over (partition by enterprise_id, attribute order by source asc nulls last) = 1
),

paired as (
    select
        other.enterprise_id,
        other.attribute,
        other.source,
        other.value as other_value,
        other.conflict_class,
        case other.conflict_class when 'unit_slip' then 0 when 'block' then 1 when 'review' then 2 else 3 end as severity_no,
        other.pollutant_id,
        other.medium,
        other.year,
        chosen.source as chosen_source,
        chosen.value as chosen_value,
        chosen.rule,
        case
            when other.pollutant_id is not null
                then (try_cast(other.value as double) / nullif(try_cast(chosen.value as double), 0) - 1) * 100
        end as difference_pct
    from {{ ref('source_conflict') }} as other
    left join chosen on chosen.enterprise_id = other.enterprise_id and chosen.attribute = other.attribute
    cross join {{ ref('edition') }} as edition
    where
        not other.chosen
        and other.conflict_class in ('review', 'block', 'differ', 'unit_slip')
        and (other.year is null or other.year = edition.assessment_year)
)

select
    cast(
        row_number() over (
            order by
                paired.severity_no asc nulls last,
                paired.difference_pct desc nulls last,
                paired.enterprise_id asc nulls last,
                paired.attribute asc nulls last,
                paired.source asc nulls last
        ) as integer
    ) as row_no,
    paired.enterprise_id,
    paired.attribute,
    paired.source,
    site.name,
    case
        when paired.pollutant_id is not null
            then coalesce(pollutant.name_cn, pollutant.name_en, paired.pollutant_id)
                || {{ code_word('paired.medium', 'medium_of_emission') }}
                || '排放量（' || {{ to_text('paired.year') }} || '年，t）'
        else {{ code_word('paired.attribute', 'site_attribute') }}
    end as item,
    {{ code_word('paired.chosen_source', 'source') }} as chosen_source,
    paired.chosen_value,
    {{ code_word('paired.source', 'source') }} as other_source,
    paired.other_value,
    paired.difference_pct,
    {{ code_word('paired.conflict_class', 'conflict_class') }} as conflict_class,
    {{ code_word('paired.rule', 'choice_rule') }} as rule
from paired
inner join {{ ref('risk_source') }} as site on site.enterprise_id = paired.enterprise_id
left join {{ ref('dim_pollutant') }} as pollutant on pollutant.pollutant_id = paired.pollutant_id
