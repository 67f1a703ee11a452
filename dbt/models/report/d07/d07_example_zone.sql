{# The worked example of a cell: of those with all scores and at least ten people the one of the worst grade and highest score. #}
{%- set steps = [
    ('危害分', '10 × (lg max(致癌风险, 10⁻⁵ × 危害指数) + 7) ÷ 3，限于零至十',
        "'致癌风险 ' || coalesce(" ~ printed_number('cancer_risk', 4) ~ ", '未知') || '，危害指数 ' || coalesce("
        ~ significant_text('hazard_index', 4) ~ ", '未知')", significant_text('hazard_score', 4)),
    ('暴露分', '10 × lg(1 + 每四分之一平方公里人口) ÷ 4，限于零至十',
        "'人口 ' || " ~ significant_text('population', 4) ~ " || '，网格边长 ' || " ~ significant_text('size_m', 4) ~ " || ' 米'",
        significant_text('exposure_score', 4)),
    ('脆弱分', '10 ×（老幼占比 + 0.2 × 一公里内敏感场所数），限于零至十',
        "'老幼占比 ' || " ~ significant_text('young_or_old_share', 4) ~ " || '，敏感场所 ' || " ~ to_text('sensitive_places') ~ " || ' 处'",
        significant_text('vulnerability_score', 4)),
    ('综合分', '危害分 × √(暴露分 × 脆弱分) ÷ 10', "'前三步的结果'", significant_text('score', 4)),
    ('等级', '综合分达到 6、3.5、1.5 的依次为红、橙、黄，其余为蓝；致癌风险达到 10⁻⁴ 的为红', "'综合分与致癌风险'", grade_word('grade'))
] %}
with

example as (
    select
        graded.*,
        cell.size_m
    from {{ ref('zone_grade') }} as graded
    inner join {{ ref('dim_grid_cell') }} as cell on cell.cell_id = graded.cell_id
    where graded.grade is not null and graded.score is not null and graded.population >= 10
    qualify
        row_number() over (
            order by graded.grade asc nulls last, graded.score desc nulls last, graded.cell_id asc nulls last
        ) = 1
)

{%- for name, formula, inputs, result in steps %}
select
    cast({{ loop.index }} as integer) as row_no,
    '{{ name }}' as step,
    '{{ formula }}' as formula,
    {{ inputs }} as inputs,
    {{ result }} as result,
    cell_id
from example
{{ 'union all' if not loop.last }}
{%- endfor %}
