{# National surveys and targets to compare with. #}
select
    benchmark.benchmark_id,
    benchmark.year,
    benchmark.kind,
    benchmark.label_cn as name_cn,
    benchmark.share,
    benchmark.share_urban,
    benchmark.share_rural,
    benchmark.valid_persons,
    benchmark.sampled_persons,
    benchmark.valid_share,
    benchmark.recheck_share,
    benchmark.agreement_share,
    benchmark.source_ref,
    benchmark.verified,
    {{ origin_seed('national_literacy', 'benchmark', [
        'year', 'kind', 'share', 'share_urban', 'share_rural', 'valid_persons', 'sampled_persons', 'valid_share',
        'recheck_share', 'agreement_share', 'source_ref', 'verified'
    ]) }} as _origin
from {{ seed_rows('national_literacy') }} as benchmark
