-- A hand-made edition: two placed sources, one without a place, four cells; read by test_offline_map and test_geographic.
create schema core; create schema risk_grade; create schema inventory; create schema meta;
create table core.dim_area as select 'z' as area_id, 'area' as area_kind, '试区' as name_cn, 'POLYGON ((122.40 28.40, 122.50 28.40, 122.50 28.50, 122.40 28.50, 122.40 28.40))' as geometry_wkt
  union all select 'p', 'park', '甲园', 'POLYGON ((122.42 28.42, 122.44 28.42, 122.44 28.44, 122.42 28.44, 122.42 28.42))';
create table core.map_feature as select 'f' as feature_id, 'ecological_red_line' as feature_kind, '红线一' as name_cn,
  'POLYGON ((122.46 28.46, 122.48 28.46, 122.48 28.48, 122.46 28.46))' as geometry_wkt;
create table core.dim_enterprise as select * from (values
  ('E1', '示例甲化工（虚构）', '合成材料', 'p', 122.43e0, 28.43e0), ('E2', '示例乙树脂（虚构）', '合成树脂', null, 122.45e0, 28.45e0),
  ('E3', '示例丙涂料（虚构）', '涂料', null, null, null), ('E4', '不是风险源（虚构）', '其他', null, 122.41e0, 28.41e0))
  t(enterprise_id, name, industry_name, park_id, longitude, latitude);
create table inventory.risk_source as select * from (values
  ('E1', 120.5e0, 3.0e0, 9000.0e0, ['苯', '环氧乙烷']), ('E2', null, null, 1000.0e0, ['苯乙烯']), ('E3', 1.0e0, null, 1.0e0, ['甲苯']))
  t(enterprise_id, emission_air_kg, emission_water_kg, toxicity_weighted_kg, key_pollutants);
create table risk_grade.source_grade as select * from (values
  ('E1', 2, [0.1e0, 0.9e0, 0, 0]::double[], ['GR-HL1'], '减排一半', 'high', '首次', '苯无组织排放占危害负荷 60 %'),
  ('E2', null, null, [], null, 'low', null, null), ('E3', 4, null, [], null, 'low', null, null))
  t(enterprise_id, grade, grade_probabilities, reason_codes, to_next_grade, data_confidence, change_reason, reason_text);
create table risk_grade.risk_code as select 'E1' as enterprise_id, 'orange' as colour, 1 open_problems;
create table core.dim_grid_cell as select 'C:' || i as cell_id, 440000.0e0 + 500 * i as x_m, 3145000.0e0 as y_m, 500.0e0 as size_m,
  122.4e0 as longitude, 28.4e0 as latitude from range(4) t(i);
create table risk_grade.zone_grade as select 'C:' || i as cell_id, case when i = 3 then null else i + 1 end as grade,
  'general' as zone_kind, [3.0e0, 500.25e0, 0.0e0, 12.0e0][i + 1] as population, 1e-6 * (i + 1) as cancer_risk, 0.1e0 as hazard_index,
  [] as reason_codes from range(4) t(i);
create table core.dim_receptor as select 'R1' as receptor_id, '示例小学（虚构）' as name, 'school' as receptor_kind, 300.0e0 as population,
  122.44e0 as longitude, 28.45e0 as latitude;
create table core.dim_monitoring_site as select 'S1' as site_id, '站一' as name, 'air' as medium, 'ambient' as site_role,
  122.46e0 as longitude, 28.44e0 as latitude;
create table meta.edition_fact as select * from (values ('zone_name', '示范区（虚构）'), ('crs_metric', 'EPSG:4550'),
  ('issuing_unit', '虚构局')) t(name, value);
create table meta.code_label as select * from (values ('grade_reason', 'GR-HL1', '危害负荷1级'), ('colour', 'orange', '橙码'),
  ('area_kind', 'area', '试点区'), ('area_kind', 'park', '园区'), ('map_feature_kind', 'ecological_red_line', '生态保护红线'),
  ('zone_kind', 'general', '一般管控区')) t(code_set, code, label_cn);
create table meta.disclosure_rule as select 'population' as column_name, 10.0e0 as threshold, '<10' as replacement;
create table meta.edition (edition_no integer, profile varchar, profile_name_cn varchar, is_fictional boolean, as_of date,
  assessment_year integer, input_hash varchar, code_version varchar, previous_edition integer, seed bigint,
  content_hash varchar, sealed_at timestamp);
create table meta.run (run_id varchar, code_version varchar, edition_no integer, started_at timestamp);
create table meta.table_column as select table_schema || '.' || table_name as table_name, column_name,
  case when column_name in ('cell_id', 'x_m', 'y_m', 'size_m') then 'public' else 'government' end as sensitivity
  from information_schema.columns where table_schema <> 'meta';
create table risk_grade.zone as select 'Z1' as zone_id, 'general' as zone_kind, '一般管控区1' as name_cn, 4 as cell_count,
  500e0 as population, 1 as grade;
alter table risk_grade.zone_grade add column as_of date;
alter table risk_grade.zone_grade add column zone_id varchar default 'Z1';
alter table risk_grade.zone_grade add column score double;
alter table risk_grade.zone_grade add column hazard_score double;
alter table risk_grade.zone_grade add column exposure_score double;
alter table risk_grade.zone_grade add column vulnerability_score double;
alter table risk_grade.source_grade add column as_of date;
alter table risk_grade.source_grade add column score double;
alter table core.dim_enterprise add column industry_code varchar;
alter table core.dim_area add column parent_id varchar;
alter table core.dim_area add column area_km2 double;
alter table core.dim_monitoring_site add column enterprise_id varchar;
