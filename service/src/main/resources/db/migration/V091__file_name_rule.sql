-- ファイル名の決まり. Of what a downloaded file's name is put together; a body without a row has ours.
create table file_name_rule (
    tenant_id  uuid        not null default current_tenant() references body (id) primary key,
    -- Names of FileNameRule.Part, in order.
    parts      text[]      not null check (cardinality(parts) between 1 and 4),
    joint      text        not null check (joint in ('-', '_')),
    changed_at timestamptz not null
);
alter table file_name_rule enable row level security;
alter table file_name_rule force row level security;
create policy own_tenant on file_name_rule
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on file_name_rule to musubi_app;
