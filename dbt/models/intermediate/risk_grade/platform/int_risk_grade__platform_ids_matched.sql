-- Whom the number of another platform stands for. A file of codes or warnings that does not say its platform means the only one that has
-- the number; a number that two platforms have is nobody's without its platform.
with

listed as (
    select
        enterprise.platform,
        enterprise.platform_no,
        min(matched.enterprise_id) as enterprise_id
    from {{ ref('stg_platform__enterprises') }} as enterprise
    inner join {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'platform_enterprise' and matched._record_id = enterprise._record_id
    where enterprise.platform is not null and enterprise.platform_no is not null
    group by enterprise.platform, enterprise.platform_no
    having count(distinct matched.enterprise_id) = 1
),

number_of_one as (
    select platform_no
    from {{ ref('stg_platform__enterprises') }}
    where platform is not null
    group by platform_no
    having count(distinct platform) = 1
)

select
    listed.platform,
    listed.platform_no,
    listed.enterprise_id,
    number_of_one.platform_no is not null as is_number_of_one
from listed
left join number_of_one on number_of_one.platform_no = listed.platform_no
