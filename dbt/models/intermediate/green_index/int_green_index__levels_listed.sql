-- Levels with the lowest index of each (rules GL1 to GL4).
select result as level, threshold from {{ ref('green_rule') }} where kind = 'level' and fact = 'index'
