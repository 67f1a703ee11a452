-- Toxicity values of all authorities and those that a member takes from its parent, with what each is chosen for. Doubtful rows
-- are not shipped (meta.gap names their pollutants); they never decide.
with

stated as (
    select
        {{ id16([
            'usable.cas_no', 'usable.route', 'usable.value_type', 'usable.averaging', 'usable.authority',
            'usable.critical_effect', 'usable.adaf_status']) }} as toxicity_value_id,
        usable.cas_no as pollutant_id,
        usable.route,
        usable.value_type_code,
        usable.use_class,
        usable.averaging,
        usable.value,
        usable.unit,
        usable.target_organ,
        usable.critical_effect,
        usable.adaf_status,
        usable.authority,
        usable.year,
        usable.source,
        usable.verified,
        usable.use_class in ('cancer', 'chronic') and usable.is_for_workers as is_chosen,
        usable.use_class in ('cancer', 'chronic') and usable.is_for_residents as is_for_residents,
        usable.use_class = 'occupational' or (usable.use_class in ('cancer', 'chronic') and usable.is_for_workers)
            as is_for_workers,
        cast(null as {{ type_string() }}) as transferred_from,
        cast(null as {{ type_string() }}) as transfer_rule,
        {{ origin_seed('toxicity', 'usable', {
            'value': 'value', 'unit': 'unit', 'route': 'route', 'value_type': 'value_type', 'authority': 'authority',
            'target_organs': 'target_organ', 'is_chosen': 'preferred_worker'}) }} as _origin
    from {{ ref('int_core__toxicity_classed') }} as usable
),

transferred as (
    select
        {{ id16([
            'lent.pollutant_id', 'lent.parent_id', 'lent.rule', 'lent.route', 'lent.value_type', 'lent.averaging',
            'lent.authority', 'lent.critical_effect', 'lent.adaf_status']) }} as toxicity_value_id,
        lent.pollutant_id,
        lent.route,
        lent.value_type_code,
        lent.use_class,
        lent.averaging,
        lent.lent_value as value,
        lent.unit,
        lent.target_organ,
        lent.critical_effect,
        lent.adaf_status,
        lent.authority,
        lent.year,
        lent.source || '; ' || lent.transfer_source as source,
        lent.verified,
        lent.is_for_workers as is_chosen,
        lent.is_for_residents and lent.rule <> 'read_across' as is_for_residents,
        lent.is_for_workers and lent.rule <> 'read_across' as is_for_workers,
        lent.parent_id as transferred_from,
        lent.rule as transfer_rule,
        {{ origin_join([
            origin_seed('toxicity', 'lent', {
                'value': 'value', 'unit': 'unit', 'route': 'route', 'value_type': 'value_type', 'authority': 'authority',
                'target_organs': 'target_organ', 'is_chosen': 'preferred_worker'}),
            origin_seed('toxicity_transfer', 'lent_rule', {
                'transferred_from': 'parent', 'transfer_rule': 'rule', 'value': 'factor'})]) }} as _origin
    from {{ ref('int_core__toxicity_transferred') }} as lent
    inner join {{ seed_rows('toxicity_transfer') }} as lent_rule on lent_rule._line = lent.transfer_line
),

every as (
    select * from stated
    union all
    select * from transferred
)

select
    toxicity_value_id,
    pollutant_id,
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
    is_chosen,
    case
        when use_class = 'occupational' then '国家职业接触限值 GBZ 2.1-2019 / national occupational limit'
        when transferred_from is not null
            then '借用 ' || transferred_from || ' 的数值，规则 ' || transfer_rule || ' / taken from the parent by a stated rule'
        when is_for_residents or is_for_workers
            then '优先顺序 EPA IRIS、水和农药办公室 > OAQPS(HEM5) > ATSDR > PPRTV > OAQPS(HEM4) > OEHHA > 其他 / order of authorities'
        when use_class = 'acute' then '急性值不用于长期风险 / acute, not used for chronic risk'
        else '另有优先机构的数值，或没有可采用的 / a value of a preferred authority exists, or none is to be used'
    end as choice_rule,
    {{ list_distinct_of([
        "case when is_for_residents then 'resident' end",
        "case when is_for_workers then 'worker' end",
    ]) }} as chosen_for,
    transferred_from,
    transfer_rule,
    _origin
from every
