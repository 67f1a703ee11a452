-- The ratio that a matrix must stay below (rule GC1).
select threshold from {{ ref('green_rule') }} where kind = 'check' and fact = 'consistency_ratio'
