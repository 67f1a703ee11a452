-- Every seed has its key (config.meta.grain of its YAML) once; nulls count as values. One query: a test node a seed would slow each build.
{% set seeds = {
    'ambiguous_pollutant': ['name'],
    'analytical_method': ['method_code'],
    'attribute_survivorship': ['attribute', 'record_kind'],
    'change_reason': ['reason'],
    'chemical': ['pollutant_id'],
    'code_label': ['code_set', 'code'],
    'crosswalk_code': ['code_set', 'word'],
    'dermal_parameter': ['cas_no'],
    'dose_parameter': ['parameter_id', 'population', 'age_low', 'age_high'],
    'dossier_block': ['block'],
    'dossier_block_field': ['block', 'field'],
    'emission_correlation': ['method'],
    'emission_factor': ['factor_id'],
    'emission_medium': ['medium'],
    'emission_method': ['method'],
    'emission_uncertainty': ['quality'],
    'environmental_standard': ['standard_code', 'class', 'parameter_cn', 'averaging_time', 'valid_from', 'cas_no'],
    'evidence_class': ['cas_no', 'authority'],
    'exposure_parameter': ['population_group', 'parameter'],
    'industry_code': ['industry_code'],
    'inventory_gap_text': ['gap_id'],
    'name_word': ['kind', 'word'],
    'national_exposure_factor': ['population', 'age_group', 'sex', 'region', 'parameter', 'activity_or_season', 'source'],
    'new_pollutant_control': ['list_code', 'seq'],
    'new_pollutant_industry': ['prefix'],
    'occupational_hazard_grade': ['criterion', 'code'],
    'occupational_limit': ['cas_no', 'form', 'valid_from'],
    'occupational_rule': ['rule_id'],
    'parameter': ['parameter_id'],
    'document_gap_text': ['table_name', 'counted'],
    'pilot_task': ['task_no'],
    'pollutant_alias': ['alias'],
    'quality_dimension': ['reason_code'],
    'reason_code': ['reason_code'],
    'regulatory_list': ['list_code', 'seq'],
    'regulatory_list_status': ['list_code'],
    'risk_exposure_spread': ['medium', 'route', 'input'],
    'risk_population': ['population_group'],
    'risk_rank_correlation': ['input', 'other'],
    'screening_bin': ['criterion', 'medium', 'score'],
    'screening_class_score': ['attribute', 'code'],
    'screening_gate': ['list_code'],
    'screening_standard': ['medium', 'standard_code', 'standard_class'],
    'shift_pattern': ['word'],
    'site_survey_question': ['question_id'],
    'toxicity': ['cas_no', 'route', 'value_type', 'averaging', 'authority', 'critical_effect', 'adaf_status'],
    'toxicity_transfer': ['member', 'parent', 'rule', 'endpoint', 'route'],
    'unit_alias': ['alias'],
    'unit_conversion': ['unit']
} %}
{% for seed, key in seeds.items() %}
select '{{ seed }}' as seed, {{ row_key(key) }} as row_key, count(*) as rows_of_key
from {{ ref(seed) }}
group by {{ row_key(key) }}
having count(*) > 1
{% if not loop.last %}union all{% endif %}
{% endfor %}
