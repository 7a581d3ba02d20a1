-- 原本照合. When somebody asked whether a file is this body's, to count how often; neither what was asked nor what was
-- answered.
create table file_inquiry (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    client_net text        not null,
    asked_at   timestamptz not null,
    primary key (tenant_id, id)
);
create index file_inquiry_by_net on file_inquiry (tenant_id, client_net, asked_at);
create index file_inquiry_by_time on file_inquiry (tenant_id, asked_at);
alter table file_inquiry enable row level security;
alter table file_inquiry force row level security;
create policy own_tenant on file_inquiry
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, delete on file_inquiry to musubi_app;
