{# What the open facilities of d16_facility show and offer, as stated or counted: stops, groups of visitors, booking, what is on show,
   complaints against the year before, accidents. #}
with

stated as (
    select
        object_id as enterprise_id,
        period,
        {% for fact in ['stops', 'group_kinds', 'booking', 'data_shown', 'complaint_trend', 'safety_incident'] -%}
        max(case when fact = '{{ fact }}' then value end) as {{ fact }}{{ '' if loop.last else ',' }}
        {% endfor %}
    from {{ ref('scoring_fact') }}
    where rule_set = 'open_facility'
    group by object_id, period
)

select
    facility.row_no,
    facility.enterprise_id,
    facility.name,
    cast(stated.stops as integer) as stops,
    cast(stated.group_kinds as integer) as group_kinds,
    {# the three steps of the rule #}
    case stated.booking when 0 then '电话' when 1 then '网络' when 2 then '网络，七日内可约' end as booking,
    cast(stated.data_shown as integer) as data_shown,
    100 * stated.complaint_trend as complaint_change_pct,
    cast(stated.safety_incident as integer) as safety_incidents
from {{ ref('d16_facility') }} as facility
inner join stated on stated.enterprise_id = facility.enterprise_id and stated.period = {{ to_text('facility.year') }}
where
    coalesce(
        stated.stops, stated.group_kinds, stated.booking, stated.data_shown, stated.complaint_trend, stated.safety_incident
    ) is not null
