{# Every reason that an object's change has: its own inputs and decisions, the rules and methods of the edition, inputs that all share.
   An object whose own value did not move was only passed by others; its band may also have moved with the cut. #}
with

object as (
    select
        *,
        not is_new and not is_gone and is_own_value_kept as is_still,
        coalesce(band, '') <> coalesce(previous_band, '') as is_other_band
    from {{ ref('int_inventory__objects_compared') }}
    where change is not null
),

new_decision as (
    select distinct enterprise_match.enterprise_id
    from {{ ref('enterprise_match') }} as enterprise_match
    left join {{ ref('stg_previous__decisions') }} as previous on previous.decision_id = enterprise_match.decision_id
    where enterprise_match.decision_id is not null and previous.decision_id is null
),

current_parameter as (
    select parameter_id, value from {{ ref('int_core__parameter_values_chosen') }} where is_read
),

previous_parameter as (
    select
        parameter_id,
        max({{ try_double('value') }}) as value
    from {{ ref('stg_previous__parameters') }}
    group by parameter_id
),

rule_change as (
    select
        {{ listagg_text('current_parameter.parameter_id', '、') }} as note,
        {{ listagg_text("case when current_parameter.parameter_id like 'screening.band_%' then current_parameter.parameter_id end", '、') }}
            as band_note
    from current_parameter
    inner join previous_parameter as previous on previous.parameter_id = current_parameter.parameter_id
    where previous.value is distinct from cast(current_parameter.value as double)
),

new_method as (
    select {{ listagg_text('method_change.label_cn', '；', 'method_change.parameter_id') }} as note
    from {{ ref('method_change') }} as method_change
    inner join current_parameter on current_parameter.parameter_id = method_change.parameter_id
    left join previous_parameter on previous_parameter.parameter_id = method_change.parameter_id
    where previous_parameter.parameter_id is null
),

method_change as (
    select max(previous.code_version) || '→' || max(build.code_version) || coalesce('：' || max(new_method.note), '') as note
    from {{ source('intake', 'build') }} as build
    cross join {{ ref('stg_previous__editions') }} as previous
    cross join new_method
    where previous.code_version <> build.code_version
),

shared_file as (
    select {{ listagg_text('path', '、') }} as note
    from {{ ref('int_inventory__files_compared') }}
    where state <> 'same' and source in ('monitoring', 'receptor', 'geography', 'chemical_survey')
)

select object.object_kind, object.object_id, input.reason, input.path as note
from object
inner join
    {{ ref('int_inventory__inputs_compared') }} as input
    on input.object_kind = object.object_kind and input.object_id = object.object_id
where not object.is_still
union all
select object.object_kind, object.object_id, 'DECISION' as reason, cast(null as {{ type_string() }}) as note
from object
inner join new_decision on new_decision.enterprise_id = object.object_id
union all
select object.object_kind, object.object_id, 'RULE-CHANGED' as reason, '名录' as note
from object
where object.object_kind = 'pollutant' and object.is_list_changed
union all
select object.object_kind, object.object_id, 'RULE-CHANGED' as reason, rule_change.note
from object
cross join rule_change
where object.object_kind <> 'site' and not object.is_still and rule_change.note is not null
union all
select object.object_kind, object.object_id, 'RULE-CHANGED' as reason, rule_change.band_note as note
from object
cross join rule_change
where object.object_kind = 'source' and object.is_still and object.is_other_band and rule_change.band_note is not null
union all
select object.object_kind, object.object_id, 'METHOD-CHANGED' as reason, '程序版本 ' || method_change.note as note
from object
cross join method_change
where not object.is_still and method_change.note is not null
union all
select object.object_kind, object.object_id, 'SHARED-INPUT' as reason, shared_file.note
from object
cross join shared_file
where object.object_kind <> 'site' and not object.is_still and shared_file.note is not null
union all
select object.object_kind, object.object_id, 'OTHERS-MOVED' as reason, cast(null as {{ type_string() }}) as note
from object
where object.is_still
