-- The colour that the rules computed for each code in this and earlier editions, by which clean periods are counted, and how the colour
-- issued turned since the edition before. Grey is neither better nor worse than a colour.
with

coded as (
    select
        history.enterprise_id,
        history.edition_no,
        history.as_of,
        history.computed_colour,
        history.colour
    from {{ ref('stg_previous__code_history') }} as history
    union all
    select
        issued.enterprise_id,
        build.edition_no,
        build.as_of,
        issued.computed_colour,
        issued.colour
    from {{ ref('int_risk_grade__codes_issued') }} as issued
    cross join {{ source('intake', 'build') }} as build
),

followed as (
    select
        coded.*,
        lag(coded.colour) over (
            partition by coded.enterprise_id order by coded.edition_no asc nulls last
        ) as previous_colour
    from coded
)

select
    followed.enterprise_id,
    followed.edition_no,
    followed.as_of,
    followed.computed_colour,
    followed.colour,
    followed.previous_colour,
    case
        when followed.colour = followed.previous_colour or followed.previous_colour is null then null
        when followed.colour = 'grey' or followed.previous_colour = 'grey' then 'grey'
        when label.sort_no > previous.sort_no then 'better'
        else 'worse'
    end as turn
from followed
left join {{ ref('code_label') }} as label on label.code_set = 'colour' and label.code = followed.colour
left join {{ ref('code_label') }} as previous on previous.code_set = 'colour' and previous.code = followed.previous_colour
