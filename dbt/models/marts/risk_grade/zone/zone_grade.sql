-- Grade of every grid cell and its zone. A cell has no grade where what is unknown would decide it.
with

build as (
    select max(as_of) as as_of
    from {{ source('intake', 'build') }}
)

select
    graded.cell_id,
    build.as_of,
    graded.hazard_score,
    graded.exposure_score,
    graded.vulnerability_score,
    graded.score,
    graded.grade,
    graded.zone_id,
    {{ list_distinct_of([
        "case when cell.cancer_risk >= 0.0001 then 'ZG-CR' end",
        "case when cell.cancer_risk is null and cell.hazard_index is null then 'UNKNOWN-HAZARD' end",
        "case when cell.population is null then 'UNKNOWN-PEOPLE' end",
        "case when cell.population > 0 and cell.young_or_old_share is null then 'UNKNOWN-AGE' end",
        "case when cell.population = 0 then 'ZG-NOBODY' end",
        "case when graded.sensitive_places > 0 then 'ZG-SENSITIVE' end",
    ]) }} as reason_codes,
    graded.zone_kind,
    cell.cancer_risk,
    cell.hazard_index,
    cell.population,
    cell.young_or_old_share,
    graded.sensitive_places
from {{ ref('int_risk_grade__cells_graded') }} as graded
inner join {{ ref('int_risk_grade__cells_described') }} as cell on cell.cell_id = graded.cell_id
cross join build
