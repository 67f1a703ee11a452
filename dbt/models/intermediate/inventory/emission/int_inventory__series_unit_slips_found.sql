{# Records that are off by a power of 1,000 against the other records of the same outlet and pollutant, of which at least one
   comes from another source: its monthly rate against the median of the others, when two of these stand by the median.
   Looser than 2 % because registers measure, and years differ; two figures alone are judged in int_inventory__unit_slips_found. #}
with

parameter as (
    select
        max(case when parameter_id = 'unit_slip_series_ln_width' then value end) as ln_width,
        max(case when parameter_id = 'unit_slip_series_references' then value end) as min_references
    from {{ ref('int_core__parameter_values_chosen') }}
),

stated as (
    select
        _record_id,
        source,
        enterprise_id,
        enterprise_id like '%-000' as is_held,
        substr(enterprise_id, 1, 19) as legal_entity,
        substr(outlet_id, length(enterprise_id) + 1) as outlet_part,
        medium,
        pollutant_id,
        ln(emission_t / (12 * {{ period_share('period') }})) as ln_rate
    from {{ ref('int_inventory__emission_records_unioned') }}
    where emission_t > 0
),

{# a record held on a legal entity wins nowhere, but it bears witness about a numbered outlet that one of its sites has #}
owner as (
    select
        legal_entity,
        outlet_part,
        medium,
        pollutant_id,
        min(enterprise_id) as enterprise_id
    from stated
    where not is_held and outlet_part not in (':site', ':fugitive', ':unknown')
    group by legal_entity, outlet_part, medium, pollutant_id
    having count(distinct enterprise_id) = 1
),

rate as (
    select
        stated._record_id,
        stated.source,
        coalesce(owner.enterprise_id, stated.enterprise_id) as enterprise_id,
        stated.outlet_part as outlet_id,
        stated.medium,
        stated.pollutant_id,
        stated.ln_rate
    from stated
    left join
        owner
        on
            stated.is_held
            and owner.legal_entity = stated.legal_entity
            and owner.outlet_part = stated.outlet_part
            and owner.medium = stated.medium
            and owner.pollutant_id = stated.pollutant_id
    where not stated.is_held or owner.enterprise_id is not null
),

series as (
    select enterprise_id, outlet_id, medium, pollutant_id
    from rate
    group by enterprise_id, outlet_id, medium, pollutant_id
    having count(distinct source) > 1 and count(*) > 2
),

compared as (
    select
        this._record_id,
        this.ln_rate,
        other.ln_rate as other_ln_rate,
        other.source <> this.source as is_other_source
    from rate as this
    inner join
        series
        on
            series.enterprise_id = this.enterprise_id
            and series.outlet_id = this.outlet_id
            and series.medium = this.medium
            and series.pollutant_id = this.pollutant_id
    inner join
        rate as other
        on
            other.enterprise_id = this.enterprise_id
            and other.outlet_id = this.outlet_id
            and other.medium = this.medium
            and other.pollutant_id = this.pollutant_id
            and other._record_id <> this._record_id
),

middle as (
    select
        _record_id,
        max(ln_rate) as ln_rate,
        {{ quantile('other_ln_rate', 0.5) }} as ln_median,
        bool_or(is_other_source) as has_other_source
    from compared
    group by _record_id
),

supported as (
    select
        compared._record_id,
        count(case when abs(compared.other_ln_rate - middle.ln_median) <= parameter.ln_width then 1 end) as reference_count
    from compared
    inner join middle on middle._record_id = compared._record_id
    cross join parameter
    group by compared._record_id
)

select middle._record_id
from middle
inner join supported on supported._record_id = middle._record_id
cross join parameter
where
    middle.has_other_source
    and supported.reference_count >= parameter.min_references
    and round((middle.ln_rate - middle.ln_median) / ln(1000)) <> 0
    and abs(
        middle.ln_rate - middle.ln_median - ln(1000) * round((middle.ln_rate - middle.ln_median) / ln(1000))
    ) <= parameter.ln_width
