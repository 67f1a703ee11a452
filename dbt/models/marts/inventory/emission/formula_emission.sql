{# Emission of the year of each tank, loading, flare, unit's waste water, site's cooling water and plant's leaks by formula,
   with why there is none elsewhere. Leaks are summed
   over the seals of a plant; without one of them the sum is not known. #}
with

leak_group as (
    select
        leak.enterprise_id,
        leak.object_no,
        leak.year,
        leak.pollutant_id,
        case when count(result.emission_kg) = count(*) then {{ exact_sum('result.emission_kg') }} end as emission_kg,
        max(result.reason_code) as reason_code,
        cast(count(distinct leak.seal) as integer) as object_count,
        max(leak.file_no) as file_no
    from {{ ref('int_inventory__leaks_described') }} as leak
    inner join
        {{ ref('int_inventory__formulas_computed') }} as result
        on result.form = 'leak' and result.record_id = leak.record_id and result.pollutant_id = leak.pollutant_id
    group by leak.enterprise_id, leak.object_no, leak.year, leak.pollutant_id
),

leak_rows as (
    select
        enterprise_id,
        object_no,
        year,
        pollutant_id,
        file_no,
        sheet,
        min(row_no) as first_row,
        max(row_no) as last_row
    from {{ ref('int_inventory__leaks_described') }}
    group by enterprise_id, object_no, year, pollutant_id, file_no, sheet
),

leak_origin as (
    select
        enterprise_id,
        object_no,
        year,
        pollutant_id,
        {{ origin_collect(origin_rows(
            'monitoring_leak_reading', 'file_no', 'sheet', 'first_row', 'last_row', 'net_reading', 'emission_t')) }} as origin
    from leak_rows
    group by enterprise_id, object_no, year, pollutant_id
),

single as (
    {% for form, stage, model in [
        ('tank', 'storage', 'tanks'), ('loading', 'loading', 'loadings'), ('flare', 'flare', 'flares'),
        ('waste_water', 'waste_water', 'waste_waters'), ('cooling_water', 'cooling_water', 'cooling_waters')
    ] %}
    select
        '{{ stage }}' as stage,
        described.enterprise_id,
        described.object_no,
        described.year,
        described.pollutant_id,
        result.emission_kg,
        result.reason_code,
        cast(1 as integer) as object_count,
        described.file_no,
        described.origin
    from {{ ref('int_inventory__' ~ model ~ '_described') }} as described
    inner join
        {{ ref('int_inventory__formulas_computed') }} as result
        on
            result.form = '{{ form }}'
            and result.record_id = described.record_id
            and result.pollutant_id = described.pollutant_id
    union all
    {% endfor %}
    select
        'leaks' as stage,
        leak_group.enterprise_id,
        leak_group.object_no,
        cast(leak_group.year as integer) as year,
        leak_group.pollutant_id,
        leak_group.emission_kg,
        leak_group.reason_code,
        leak_group.object_count,
        leak_group.file_no,
        leak_origin.origin
    from leak_group
    inner join
        leak_origin
        on
            leak_origin.enterprise_id = leak_group.enterprise_id
            and leak_origin.object_no = leak_group.object_no
            and leak_origin.year = leak_group.year
            and leak_origin.pollutant_id = leak_group.pollutant_id
)

select
    enterprise_id,
    stage,
    coalesce(object_no, 'unknown') as object_no,
    pollutant_id,
    cast(year as integer) as year,
    -- records of one object that differ in what they hold add up
    case when count(emission_kg) = count(*) then {{ exact_sum('emission_kg') }} / 1000 end as emission_t,
    max(reason_code) as reason_code,
    cast(sum(object_count) as integer) as object_count,
    max(file_no) as file_no,
    {{ origin_collect('origin') }} as _origin
from single
group by enterprise_id, stage, coalesce(object_no, 'unknown'), pollutant_id, year
