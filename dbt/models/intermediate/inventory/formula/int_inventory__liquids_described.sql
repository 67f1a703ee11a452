-- Substances as the formulas of tanks and loading need them: molar mass, Antoine constants (kPa, degrees C), density.
select
    chemical.pollutant_id,
    chemical.molar_mass_g_mol,
    antoine.a as antoine_a,
    antoine.b as antoine_b,
    antoine.c as antoine_c,
    density.density_kg_m3
from {{ ref('chemical') }} as chemical
left join {{ ref('antoine') }} as antoine on antoine.cas_no = chemical.pollutant_id and antoine.verified <> 'doubtful'
left join {{ ref('liquid_density') }} as density on density.cas_no = chemical.pollutant_id and density.verified <> 'doubtful'
