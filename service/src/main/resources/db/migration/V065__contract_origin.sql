-- もとの契約. What a contract changes, corrects or takes the place of: a contract of the register, or one on paper.
create table contract_origin (
    tenant_id     uuid not null default current_tenant(),
    contract_id   uuid not null,
    relation      text not null check (relation in ('CHANGE', 'CORRECTION', 'REPLACEMENT')),
    original_id   uuid check (original_id <> contract_id),
    paper_number  text not null default '' check (length(paper_number) <= 100),
    paper_title   text check (length(paper_title) between 1 and 200),
    paper_date    date,
    primary key (tenant_id, contract_id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, original_id) references contract (tenant_id, id),
    constraint here_or_on_paper check ((original_id is null) = (paper_title is not null)),
    constraint paper_is_changed_or_corrected check (original_id is not null or relation <> 'REPLACEMENT')
);
create index contract_origin_by_original on contract_origin (tenant_id, original_id);
alter table contract_origin enable row level security;
alter table contract_origin force row level security;
create policy own_tenant on contract_origin
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on contract_origin to musubi_app;
create function refuse_origin_change() returns trigger language plpgsql as $$
begin
  if exists (select from contract c where c.tenant_id = coalesce(new.tenant_id, old.tenant_id)
                and c.id = coalesce(new.contract_id, old.contract_id) and c.state <> 'DRAFT') then
    raise exception 'what a dispatched contract goes back to is settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before insert or update or delete on contract_origin
    for each row execute function refuse_origin_change();
