-- People and hours of each job of each workshop, from the newest year of the staff list that names the job. Where a list has a job
-- several times its heads are summed and its longest shift counts. A pattern of shifts that would fill more than a day contradicts
-- the hours, and the week stays unknown.
with

staffed as (
    select
        {{ workshop_place_id('matched.enterprise_id', 'staff') }} as place_id,
        matched.enterprise_id,
        coalesce(trim(staff.job), 'unknown') as job,
        staff.record_year,
        staff.headcount,
        staff.shift_hours_h,
        pattern.crews is not null as is_pattern_known,
        staff.shift_hours_h * pattern.shifts_per_day > 24 as is_contradictory,
        case
            when staff.shift_hours_h * pattern.shifts_per_day <= 24 then {{ weekly_hours_h('staff.shift_hours_h', 'pattern') }}
        end as week_hours_h,
        {{ origin_cells('receptor_job', 'staff', {
            'headcount': 'headcount', 'shift_hours': 'shift_hours_h', 'week_hours': 'shifts'}) }} as _origin
    from {{ ref('stg_receptor__jobs') }} as staff
    left join
        {{ ref('int_inventory__named_records_matched') }} as matched
        on matched.raw_table = 'receptor_job' and matched._record_id = staff._record_id
    left join {{ ref('shift_pattern') }} as pattern on pattern.word = trim(staff.shifts)
),

newest as (
    select *
    from staffed
    qualify record_year is not distinct from max(record_year) over (partition by place_id, job)
)

select
    place_id,
    min(enterprise_id) as enterprise_id,
    job,
    cast(sum(headcount) as integer) as headcount,
    max(shift_hours_h) as shift_hours_h,
    max(week_hours_h) as week_hours_h,
    max(case when is_contradictory then 1 else 0 end) = 1 as is_contradictory,
    {{ origin_collect('_origin') }} as _origin
from newest
group by place_id, job
