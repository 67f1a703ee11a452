-- Who uses codes, problems and packages: what each sees and does, and by which version.
select
    known.user_id,
    known.user_cn,
    known.sees_cn,
    known.does_cn,
    known.version_cn,
    {{ origin_seed('code_user', 'known', ['user_id', 'user_cn', 'sees_cn', 'does_cn', 'version_cn']) }} as _origin
from {{ seed_rows('code_user') }} as known
where known.verified <> 'doubtful'
