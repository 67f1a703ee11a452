-- What the water of a monitoring site is used for, by its water body; a body of several functions has the first by code.
select
    'S:' || site.site_no as site_id,
    min(word.code) as water_function
from {{ ref('int_core__monitoring_sites_unioned') }} as site
inner join {{ ref('stg_geography__water_bodies') }} as water_body on water_body.name = site.water_body
inner join {{ ref('int_inventory__code_words_normalised') }} as word
    on word.code_set = 'water_function' and word.word = lower(trim(water_body.water_kind_word))
group by site.site_no
