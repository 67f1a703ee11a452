{# The plan: what is measured where, how often, how, by whom, for how much, and what changes against today. Substances of one site and
   method come from the same samples: of each visit as many as the substance that asks for the most, a quarter's visit falling on one of
   its months; they share the cost by the samples they ask for. Cost is unknown where the method or its price is; nothing
   measured costs nothing. #}
{#- visits a year: those of a quarter, half-year and year fall on visits of a month -#}
{%- set runs = {'month': 12, 'quarter': 4, 'half_year': 2, 'year': 1} -%}
{%- set names = {'frequency': 'coalesce(changed.samples_per_period, 1)', 'current_frequency': '1'} -%}
with

build as (
    select
        max(as_of) as as_of,
        {{ next_quarter_first_day('max(as_of)') }} as next_quarter
    from {{ source('intake', 'build') }}
),

changed as (
    select
        joined.*,
        case
            when joined.frequency is null and joined.action = 'move' then 'moved'
            when joined.frequency is null then 'stopped'
            when joined.current_frequency is null and joined.action = 'move' then 'moved'
            when joined.current_frequency is null then 'added'
            when joined.frequency = joined.current_frequency then 'retained'
            else 'changed'
        end as change
    from {{ ref('int_exposure__plan_rows_joined') }} as joined
),

sampled as (
    select
        changed.*,
        method.method_rule_id,
        method.method_code,
        method.cost_yuan,
        method.is_cost_per_day,
        method.verified as method_verified,
        method.detection_limit_ratio,
        {% for name, samples in names.items() %}
        {{ samples }} as {{ name }}_samples,
        {{ samples }} * case changed.{{ name }}
            {% for code, number in runs.items() %}
            when '{{ code }}' then {{ number }}
            {% endfor %}
        end as {{ name }}_samples_a{{ ',' if not loop.last }}
        {% endfor %}
    from changed
    left join {{ ref('int_exposure__plan_methods_chosen') }} as method
        on method.medium = changed.medium and method.pollutant_id = changed.pollutant_id
),

visited as (
    select
        sampled.*,
        {% for name in names %}
        {% for code in runs %}
        {%- set codes = "'" ~ (runs | list)[:loop.index] | join("', '") ~ "'" %}
        max(
            case when {{ name }} in ({{ codes }}) then {{ name }}_samples else 0 end
        ) over same as {{ name }}_{{ code }}_samples,
        {% endfor %}
        sum({{ name }}_samples_a) over same as {{ name }}_asked_a{{ ',' if not loop.last }}
        {% endfor %}
    from sampled
    window same as (partition by site_id, method_code)
),

costed as (
    select
        visited.*,
        {% for name in names %}
        case
            when {{ name }} is null then 0.0
            when {{ name }} = 'continuous' and is_cost_per_day then cost_yuan * 365
            when not is_cost_per_day
                then
                    cost_yuan * {{ name }}_samples_a / {{ name }}_asked_a
                    * (
                        8 * {{ name }}_month_samples + 2 * {{ name }}_quarter_samples
                        + {{ name }}_half_year_samples + {{ name }}_year_samples
                    )
        end as {{ name }}_cost_yuan_a{{ ',' if not loop.last }}
        {% endfor %}
    from visited
)

select
    costed.site_id,
    costed.pollutant_id,
    costed.frequency,
    costed.current_frequency,
    costed.change,
    case when costed.change = 'retained' then costed.valid_from else build.next_quarter end as starts,
    {{ to_text('build.as_of') }} as plan_version,
    case
        when costed.frequency = 'continuous' and not coalesce(costed.is_cost_per_day, false) then null else costed.method_code
    end as method_code,
    case
        when costed.frequency = 'continuous' and not coalesce(costed.is_cost_per_day, false) then null else costed.method_rule_id
    end as method_rule_id,
    case
        when costed.frequency is null then costed.unit_name
        when costed.unit_name is not null then costed.unit_name
        when costed.site_role in ('source', 'boundary') then '排污单位（自行监测）'
        else '生态环境监测机构'
    end as responsible,
    costed.frequency_cost_yuan_a as cost_yuan_a,
    case
        when costed.change = 'stopped' then case when costed.action = 'stop' then '点位建议停用：停用不减少覆盖' else '点位不在用' end
        when costed.frequency is null then '点位建议迁移，项目随点位迁出'
        else
            case costed.reason
                when 'LOAD' then '主要致险物质'
                when 'PERMIT' then '许可证项目'
                when 'RISK' then '风险驱动物质'
                when 'ONLINE' then '自动监测项目'
                when 'MOVED' then '随点位迁入'
                else '延续现行方案'
            end
            || coalesce('，' || {{ grade_word('costed.grade') }} || '色' || {{ code_word('costed.chain_role', 'chain_role') }}, '')
            || case
                when costed.is_raised then '；近期结果达到加密线，加密一档'
                when costed.is_lowered then '；近期连续未检出，降低一档'
                else ''
            end
    end as reason,
    costed.chain_role,
    costed.grade,
    costed.rule_id,
    costed.samples_per_period,
    costed.current_frequency_cost_yuan_a as current_cost_yuan_a,
    costed.detection_limit_ratio,
    costed.method_verified,
    costed._origin
from costed
cross join build
