-- What a certificate of a friendly beach says: beaches that reached such a level in their last year. It lasts until the end of the year
-- after it, since each season is judged anew.
with

last_year as (
    select beach_id, max(year) as year from {{ ref('beach_quality') }} group by beach_id
),

build as (
    select as_of from {{ ref('edition') }}
)

select
    cast(row_number() over (order by beach.score desc nulls last, beach.beach_id asc nulls last) as integer) as row_no,
    beach.beach_id,
    beach.year,
    beach.season,
    beach.name_cn,
    beach.level,
    beach.score,
    beach.nature,
    beach.environment,
    beach.health,
    beach.society,
    {{ code_word('beach.microbe_class', 'microbe_class') }} as microbe_class,
    build.as_of as judged_at,
    cast({{ to_text('beach.year + 1') }} || '-12-31' as date) as valid_until
from {{ ref('beach_quality') }} as beach
inner join last_year on last_year.beach_id = beach.beach_id and last_year.year = beach.year
cross join build
where beach.level_no <= 2
