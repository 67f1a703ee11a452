{# Bands: high and medium by the percentile score. Unknown is not low: a source of whose value nothing is known has no band,
   one of which a part is unknown is at least medium; the codes say why. #}
with

cut as (
    select
        max(case when parameter_id = 'screening.band_high_score' then value end) as high_score,
        max(case when parameter_id = 'screening.band_medium_score' then value end) as medium_score,
        max(case when parameter_id = 'screening.confidence_measured_share' then value end) as measured_share,
        max(case when parameter_id = 'screening.confidence_sure_share' then value end) as sure_share,
        max(case when parameter_id = 'screening.confidence_unknown_share' then value end) as unknown_share
    from {{ ref('int_core__parameter_values_chosen') }}
),

build as (
    select max(as_of) as as_of from {{ source('intake', 'build') }}
),

management as (
    select
        permit.permit_no,
        word.code as management_class
    from {{ ref('stg_permit__sites') }} as permit
    inner join {{ ref('crosswalk_code') }} as word
        on word.code_set = 'management_class' and lower(word.word) = lower(trim(permit.management_class))
    qualify
        row_number() over (
            partition by permit.permit_no
            order by
                permit.valid_from desc nulls last,
                permit._file_no asc nulls last,
                permit._row asc nulls last,
                permit._record_id asc nulls last
        ) = 1
),

measured as (
    select
        gathered.*,
        ranked.score,
        ranked.rank,
        ranked.rank_low,
        ranked.rank_high,
        gathered.measured_weighted_kg / nullif(gathered.toxicity_weighted_kg, 0) as measured_share,
        coalesce(gathered.sure_weighted_kg, 0) / nullif(gathered.toxicity_weighted_kg, 0) as sure_share,
        gathered.unknown_toxicity_count / cast(gathered.risk_pollutant_count as double) as unknown_share,
        gathered.toxicity_people
        / nullif({{ exact_sum_over('gathered.toxicity_people', 'partition by 1') }}, 0) as share_of_zone
    from {{ ref('int_inventory__risk_sources_gathered') }} as gathered
    inner join {{ ref('int_inventory__risk_sources_ranked') }} as ranked on ranked.enterprise_id = gathered.enterprise_id
),

banded as (
    select
        measured.*,
        case
            when measured.score is null then null
            when measured.score >= cut.high_score then 'high'
            when measured.score >= cut.medium_score or measured.is_incomplete then 'medium'
            else 'low'
        end as band,
        measured.score < cut.medium_score and measured.is_incomplete as is_lifted,
        case
            when
                measured.score is null
                or measured.location_quality in ('outside', 'missing')
                or measured.unknown_share >= cut.unknown_share
                then 'low'
            when
                not measured.is_incomplete
                and measured.location_quality in ('surveyed', 'reported')
                and (
                    measured.toxicity_weighted_kg = 0
                    or (measured.measured_share >= cut.measured_share and measured.sure_share >= cut.sure_share)
                )
                then 'high'
            else 'medium'
        end as confidence
    from measured
    cross join cut
)

select
    banded.enterprise_id,
    build.as_of,
    site.name,
    site.park_id,
    site.industry_code,
    banded.risk_pollutants,
    banded.emission_air_kg,
    banded.emission_water_kg,
    banded.toxicity_weighted_kg,
    banded.nearest_receptor_id,
    banded.nearest_receptor_m,
    banded.population_within_1km,
    banded.score,
    banded.rank,
    banded.rank_low,
    banded.rank_high,
    banded.band,
    banded.confidence,
    coalesce(grade.grade <= 2, banded.band = 'high', false) as is_high_risk,
    {{ list_distinct_of([
        "case when banded.is_emitting then 'EMITS' end",
        "case when banded.is_using then 'USES' end",
        "case when banded.is_permitted then 'PERMITTED' end",
        "case when banded.lacks_place then 'UNKNOWN-PLACE' end",
        "case when banded.population_within_3km is null then 'UNKNOWN-POPULATION' end",
        "case when banded.lacks_receiver then 'UNKNOWN-RECEIVING-BODY' end",
        "case when banded.lacks_toxicity then 'UNKNOWN-TOXICITY' end",
        "case when banded.lacks_release then 'UNKNOWN-EMISSION' end",
        "case when banded.toxicity_weighted_kg is null and banded.lacks_path then 'NO-PATH' end",
        "case when banded.is_lifted then 'LIFTED-TO-MEDIUM' end",
    ]) }} as reason_codes,
    banded.key_pollutants,
    banded.population_within_3km,
    banded.population_within_5km,
    banded.toxicity_people,
    banded.share_of_zone,
    banded.risk_pollutant_count,
    banded.unknown_toxicity_count,
    banded.measured_share,
    banded.is_incomplete,
    banded.is_emitting,
    banded.emission_unspecified_kg,
    management.management_class,
    assessed.assessment_year as year
from banded
inner join {{ ref('dim_enterprise') }} as site on site.enterprise_id = banded.enterprise_id
left join management on management.permit_no = site.permit_no
left join {{ ref('source_grade') }} as grade on grade.enterprise_id = banded.enterprise_id
cross join build
cross join {{ ref('int_inventory__assessment_year_chosen') }} as assessed
