-- The newest permit of each site that releases something: when it ends, and whether the register calls it valid.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
),

permit as (
    select
        site.enterprise_id,
        site.permit_no,
        permit.valid_to,
        coalesce(permit.status_word, '') like '%有效%' as says_valid
    from {{ ref('dim_enterprise') }} as site
    inner join {{ ref('stg_permit__sites') }} as permit on permit.permit_no = site.permit_no
    where permit.valid_to is not null
    qualify
        row_number() over (
            partition by site.enterprise_id
            order by
                permit.valid_to desc nulls last,
                permit._file_no desc nulls last,
                permit._row asc nulls last,
                permit._record_id asc nulls last
        ) = 1
),

emitting as (
    select distinct enterprise_id
    from {{ ref('int_inventory__site_releases_weighted') }}
    where emission_kg > 0
)

select
    permit.enterprise_id,
    permit.permit_no as object,
    permit.valid_to,
    permit.says_valid,
    cast({{ days_between('build.as_of', 'permit.valid_to') }} as integer) as days_left
from permit
inner join emitting on emitting.enterprise_id = permit.enterprise_id
cross join build
