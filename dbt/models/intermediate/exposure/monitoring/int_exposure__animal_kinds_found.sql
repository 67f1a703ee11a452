-- What kind of animal a site of biota stands for, since food limits differ by kind: no form has a column for it, so it is read from the
-- names that the site list and the samples give (seed animal_kind_word; within a longer name the shorter does not count: 鲍鱼 is no
-- fish). A site whose words name several kinds has none: `kind_count` says so.
with

told as (
    select
        site.site_id as site_no,
        coalesce(site.name, '') || ' ' || coalesce(site.remark, '') as told,
        site.medium_word
    from {{ ref('stg_monitoring__sites') }} as site
    union
    select
        sample_record.site_id as site_no,
        coalesce(sample_record.site_name, '') || ' ' || coalesce(sample_record.remark, '') as told,
        sample_record.medium_word
    from {{ ref('stg_monitoring__samples') }} as sample_record
),

of_animals as (
    select distinct
        told.site_no,
        told.told
    from told
    inner join {{ ref('crosswalk_code') }} as medium_code
        on medium_code.code_set = 'medium_of_environment'
        and lower(medium_code.word) = lower(trim(told.medium_word))
        and medium_code.code = 'biota'
    where told.site_no is not null
),

named as (
    select distinct
        of_animals.site_no,
        kind.animal_kind
    from of_animals
    inner join {{ ref('animal_kind_word') }} as kind on position(kind.word in of_animals.told) > 0
    where not exists (
        select 1 from {{ ref('animal_kind_word') }} as longer
        where
            position(longer.word in of_animals.told) > 0
            and position(kind.word in longer.word) > 0
            and longer.word <> kind.word
    )
)

select
    'S:' || of_animals.site_no as site_id,
    case when count(distinct named.animal_kind) = 1 then min(named.animal_kind) end as animal_kind,
    cast(count(distinct named.animal_kind) as integer) as kind_count
from of_animals
left join named on named.site_no = of_animals.site_no
group by of_animals.site_no
