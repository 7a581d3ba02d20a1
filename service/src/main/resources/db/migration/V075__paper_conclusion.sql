-- 紙での締結 of a contract that was moved to paper: what was recorded last holds, and all stays.
create table paper_conclusion (
    tenant_id    uuid        not null default current_tenant(),
    contract_id  uuid        not null,
    number       int         not null check (number between 1 and 20),
    concluded_on date        not null,
    -- Where the original lies; may be empty.
    kept_at      text        not null check (length(kept_at) <= 400),
    recorded_at  timestamptz not null,
    primary key (tenant_id, contract_id, number),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
alter table paper_conclusion enable row level security;
alter table paper_conclusion force row level security;
create policy own_tenant on paper_conclusion
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert on paper_conclusion to musubi_app;
create trigger append_only before update or delete or truncate on paper_conclusion
    for each statement execute function refuse_change();

-- What holds of each contract; under the reader's own row security.
create view paper_concluded with (security_invoker = true) as
    select distinct on (tenant_id, contract_id) tenant_id, contract_id, concluded_on, kept_at
      from paper_conclusion order by tenant_id, contract_id, number desc;
grant select on paper_concluded to musubi_app;
