{# Sites that another one took over: no register states their status, and one site of another code states their name as its
   former one, later than anything that any register says of them. (Where the two also lie at one place the matching has made
   them one site already.) The status `merged` is derived from that statement. #}
with

site as (
    select
        record.enterprise_id,
        max(substr(record.stated_at, 1, 4)) as last_year
    from {{ ref('int_inventory__site_records_unioned') }} as record
    group by record.enterprise_id
),

fact as (
    select
        enterprise_id,
        max(case when attribute = 'name' then value end) as name,
        max(case when attribute = 'credit_code' then value end) as credit_code,
        max(case when attribute = 'status' then value end) as status
    from {{ ref('int_inventory__site_attributes_chosen') }}
    group by enterprise_id
)

select
    gone.enterprise_id,
    min(heir.enterprise_id) as into_enterprise_id,
    {{ origin_of_column(origin_collect('heir.origin'), 'status') }} as origin
from fact as gone
inner join site on site.enterprise_id = gone.enterprise_id
inner join
    {{ ref('int_inventory__other_names_found') }} as heir
    on heir.name_key = {{ normalised_name('gone.name') }} and heir.enterprise_id <> gone.enterprise_id
inner join fact as heir_fact on heir_fact.enterprise_id = heir.enterprise_id
where
    gone.status is null
    and heir_fact.credit_code is distinct from gone.credit_code
    and substr(heir.former_since, 1, 4) > coalesce(site.last_year, '')
group by gone.enterprise_id
having count(distinct heir.enterprise_id) = 1
