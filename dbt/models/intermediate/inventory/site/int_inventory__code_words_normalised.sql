{# The crosswalk of words to codes, one row a word whatever its case. #}
select
    code_set,
    lower(trim(word)) as word,
    min(code) as code
from {{ ref('crosswalk_code') }}
group by code_set, lower(trim(word))
