{# One row: the figures that the text of D01 quotes. #}
with

list as (
    select
        cast(count(*) as integer) as pollutant_count,
        cast(count(case when is_high_risk then 1 end) as integer) as high_risk_count,
        cast(count(case when pollutant_class = '新污染物' then 1 end) as integer) as new_pollutant_count,
        cast(count(case when toxicity_state = '缺' then 1 end) as integer) as without_toxicity_count,
        cast(count(case when toxicity_state = '待核' then 1 end) as integer) as unchecked_toxicity_count,
        cast(count(case when rank is null then 1 end) as integer) as unranked_count,
        cast(count(case when has_part_year then 1 end) as integer) as partial_year_count,
        cast(count(case when sample_count > 0 then 1 end) as integer) as sampled_count,
        cast(count(case when detection_pct > 0 then 1 end) as integer) as detected_count,
        {{ exact_sum('emission_air_kg') }} / 1000 as emission_air_t,
        {{ exact_sum('emission_water_kg') }} / 1000 as emission_water_t,
        {{ listagg_text('case when row_no <= 5 and is_high_risk then name_cn end', '、', 'row_no') }} as first_names
    from {{ ref('d01_pollutant') }}
),

others as (
    select
        cast(count(case when kind = 'data_poor' then 1 end) as integer) as data_poor_count,
        cast(count(case when kind = 'below_cut' then 1 end) as integer) as below_cut_count,
        cast(count(case when kind = 'not_present' then 1 end) as integer) as not_present_count
    from {{ ref('d01_left_out') }}
),

lists as (
    select
        cast(count(case when decides = '是' then 1 end) as integer) as deciding_list_count,
        cast(count(case when decides <> '是' then 1 end) as integer) as other_list_count
    from {{ ref('d01_list_version') }}
),

parameters as (
    select
        cast(max(case when parameter_id = 'screening.weight_hazard' then value end) as double) as weight_hazard,
        cast(max(case when parameter_id = 'screening.weight_release' then value end) as double) as weight_release,
        cast(max(case when parameter_id = 'screening.weight_exposure' then value end) as double) as weight_exposure,
        cast(max(case when parameter_id = 'screening.weight_detection' then value end) as double) as weight_detection,
        cast(max(case when parameter_id = 'screening.cut_score' then value end) as double) as cut_score,
        cast(cast(max(case when parameter_id = 'screening.first_ranks' then value end) as double) as integer) as first_ranks,
        cast(cast(max(case when parameter_id = 'screening.weight_draws' then value end) as double) as integer) as weight_draws,
        cast(max(case when parameter_id = 'screening.top_use_share' then value end) as double) * 100 as top_use_pct
    from {{ ref('parameter_used') }}
)

select
    'D01' as document_id,
    list.*,
    others.*,
    lists.*,
    parameters.*,
    (select cast(count(*) as integer) from {{ ref('risk_pollutant') }}) as candidate_count,
    (select cast(count(*) as integer) from {{ ref('d01_top_use') }}) as top_use_count,
    (select cast(count(*) as integer) from {{ ref('d01_top_use') }} where in_list = '否') as top_use_outside_count,
    (select cast(count(*) as integer) from {{ ref('dim_enterprise') }}) as enterprise_count,
    (select max(spearman) from {{ ref('d01_stability') }} where scenario = 'rsei_style') as rsei_spearman,
    edition.assessment_year,
    edition.previous_edition,
    edition.edition_no
from list
cross join others
cross join lists
cross join parameters
cross join {{ ref('edition') }} as edition
