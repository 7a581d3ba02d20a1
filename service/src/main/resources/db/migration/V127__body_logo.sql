-- 団体のロゴ, drawn anew from what was uploaded; shown beside the body's name on the pages of its counterparties (P-16).
create table body_logo (
    tenant_id  uuid        not null default current_tenant() references body (id),
    png        bytea       not null check (octet_length(png) between 1 and 1000000),
    sha256     char(64)    not null,
    width      int         not null check (width between 1 and 480),
    height     int         not null check (height between 1 and 96),
    changed_at timestamptz not null,
    primary key (tenant_id)
);
alter table body_logo enable row level security;
alter table body_logo force row level security;
create policy own_tenant on body_logo
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on body_logo to musubi_app;
