-- Toxicity values of all authorities, with the one that the assessments use marked. Doubtful rows are not shipped (meta.gap
-- names their pollutants); they never decide.
with

usable as (
    select
        toxicity.*,
        case
            when toxicity.value_type_code in ('IUR', 'SF') then 'cancer'
            when toxicity.value_type_code in ('RfC', 'RfD', 'REL_chronic', 'MRL_chronic') then 'chronic'
            when toxicity.value_type_code in ('PC_TWA', 'PC_STEL', 'MAC') then 'occupational'
            else 'acute'
        end as use_class
    from {{ seed_rows('toxicity') }} as toxicity
    where toxicity.verified <> 'doubtful'
)

select
    {{ id16(['cas_no', 'route', 'value_type', 'averaging', 'authority', 'critical_effect', 'adaf_status']) }} as toxicity_value_id,
    cas_no as pollutant_id,
    route,
    value_type_code as value_type,
    use_class,
    averaging,
    value,
    unit,
    {{ text_to_list('target_organ', ';') }} as target_organs,
    critical_effect,
    adaf_status,
    authority,
    year,
    source as source_ref,
    verified,
    use_class = 'occupational' or (preferred = 'yes' and use_class in ('cancer', 'chronic')) as is_chosen,
    case
        when use_class = 'occupational' then '国家职业接触限值 GBZ 2.1-2019 / national occupational limit'
        when preferred = 'yes' and use_class in ('cancer', 'chronic')
            then '优先顺序 EPA IRIS 与水办公室 > ATSDR > PPRTV > EPA OAQPS > OEHHA / order of authorities'
        when use_class = 'acute' then '急性值不用于长期风险 / acute, not used for chronic risk'
        else '另有优先机构的数值 / a value of a preferred authority exists'
    end as choice_rule,
    {{ origin_seed('toxicity', 'usable', {
        'value': 'value', 'unit': 'unit', 'route': 'route', 'value_type': 'value_type', 'authority': 'authority',
        'target_organs': 'target_organ', 'is_chosen': 'preferred'}) }} as _origin
from usable
