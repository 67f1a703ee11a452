-- Which pollutant stands on which list. A list names groups ("铅及铅化合物", "全氟辛酸及其盐类"), so a salt, an isomer or a
-- compound category is on the lists of its parent substance. Entries without a CAS number carry the id that the registers
-- report them by. Lists that are drafts or incomplete do not decide.
with

members as (
    select
        regulatory.list_code,
        regulatory.official_no,
        member.pollutant_id,
        list_state.decides
    from {{ ref('regulatory_list') }} as regulatory
    inner join {{ ref('chemical') }} as member
        on {{ list_has(text_to_list('regulatory.cas_no', ';'), 'member.pollutant_id') }}
    inner join {{ ref('regulatory_list_status') }} as list_state
        on list_state.list_code = regulatory.list_code
),

listed as (
    select
        pollutant.pollutant_id,
        members.list_code,
        members.official_no,
        members.decides,
        case when pollutant.pollutant_id = members.pollutant_id then 'named' else 'parent' end as matched_by
    from {{ ref('chemical') }} as pollutant
    inner join members
        on members.pollutant_id in (pollutant.pollutant_id, pollutant.parent_cas_no)
)

select
    pollutant_id,
    list_code,
    max(decides) as decides,
    min(matched_by) as matched_by,
    min(official_no) as official_no
from listed
group by pollutant_id, list_code
