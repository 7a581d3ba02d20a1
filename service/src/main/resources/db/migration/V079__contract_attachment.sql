-- 附属書類. The files beside a contract's body: bound into the one file that is sealed (SIGNED), listed in it by name and
-- digest (REFERENCE), or kept with the case within the house (INTERNAL).
create table contract_attachment (
    tenant_id       uuid        not null default current_tenant(),
    id              uuid        not null,
    contract_id     uuid        not null,
    ordinal         int         not null check (ordinal >= 0),
    kind            text        not null check (kind in ('TERMS', 'SPECIFICATION', 'BREAKDOWN', 'DRAWING', 'OTHER')),
    role            text        not null check (role in ('SIGNED', 'REFERENCE', 'INTERNAL')),
    name            text        not null check (length(name) between 1 and 200),
    media_type      text        not null,
    bytes           bigint      not null check (bytes > 0),
    -- 0: not counted.
    pages           int         not null check (pages >= 0),
    sha256          char(64)    not null,
    -- Of the upload itself; what is to be signed is written anew.
    original_sha256 char(64)    not null,
    added_by        uuid        not null,
    added_at        timestamptz not null,
    primary key (tenant_id, id),
    -- Deferred: two files change places.
    unique (tenant_id, contract_id, ordinal) deferrable initially deferred,
    unique (tenant_id, contract_id, original_sha256),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, added_by) references staff (tenant_id, id),
    constraint signed_is_pdf check (role <> 'SIGNED' or (media_type = 'application/pdf' and pages > 0))
);
alter table contract_attachment enable row level security;
alter table contract_attachment force row level security;
create policy own_tenant on contract_attachment
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update, delete on contract_attachment to musubi_app;

-- What left the house stays as it left; what is kept within may come and go.
create function refuse_attachment_change() returns trigger language plpgsql as $$
begin
  if (coalesce(new.role, 'INTERNAL') <> 'INTERNAL' or coalesce(old.role, 'INTERNAL') <> 'INTERNAL')
     and exists (select from contract c where c.tenant_id = coalesce(new.tenant_id, old.tenant_id)
                    and c.id = coalesce(new.contract_id, old.contract_id) and c.state <> 'DRAFT') then
    raise exception 'the files of a dispatched contract are settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before insert or update or delete on contract_attachment
    for each row execute function refuse_attachment_change();

-- Pages of the document alone, where `pages` counts those of the file that was bound from it and its attachments.
alter table contract add column document_pages int check (document_pages > 0);
