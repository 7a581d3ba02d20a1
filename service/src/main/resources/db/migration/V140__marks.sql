-- 印影 (C-20, 0018): the picture of an office's seal, drawn anew from what was uploaded. A newer one ends the one before, so that
-- it is known what was drawn into which contract.
create table office_imprint (
    tenant_id uuid        not null default current_tenant(),
    id        uuid        not null,
    office_id uuid        not null,
    png       bytea       not null check (octet_length(png) between 1 and 4000000),
    sha256    char(64)    not null,
    width     int         not null check (width between 1 and 800),
    height    int         not null check (height between 1 and 800),
    made_at   timestamptz not null,
    ended_at  timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, office_id) references office (tenant_id, id)
);
create unique index one_imprint on office_imprint (tenant_id, office_id) where ended_at is null;
create index office_imprint_of on office_imprint (tenant_id, office_id);

-- 印影・氏名の表示: what is seen of a party's seal, and where. Drawn into the document before anybody seals it.
create table mark (
    tenant_id   uuid not null default current_tenant(),
    id          uuid not null,
    contract_id uuid not null,
    kind        text not null check (kind in ('SENDER', 'COUNTERPARTY', 'OFFICE')),
    -- Of a counterparty its place among the parties; of the body's own 0, since theirs changes with the others.
    ordinal     int  not null check ((ordinal > 0) = (kind = 'COUNTERPARTY')),
    -- The picture that is drawn; null for the name.
    imprint_id  uuid,
    page        int  not null check (page >= 1),
    -- Tenths of a millimetre, from the upper left corner of the page as it is seen.
    from_left   int  not null check (from_left >= 0),
    from_top    int  not null check (from_top >= 0),
    width       int  not null check (width >= 30),
    height      int  not null check (height >= 30),
    primary key (tenant_id, id),
    unique (tenant_id, contract_id, kind, ordinal),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, imprint_id) references office_imprint (tenant_id, id),
    constraint a_picture_is_the_offices check (imprint_id is null or kind = 'OFFICE')
);
create index mark_imprint on mark (tenant_id, imprint_id);

do $$
declare t text;
begin
  foreach t in array array['office_imprint', 'mark'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert on %I to musubi_app', t);
  end loop;
end $$;
grant update (ended_at) on office_imprint to musubi_app;
grant update, delete on mark to musubi_app;

-- What was drawn into what left the house stays on record as it was.
create function refuse_mark_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if exists (select from contract c where c.tenant_id = coalesce(new.tenant_id, old.tenant_id)
                and c.id = coalesce(new.contract_id, old.contract_id) and c.state <> 'DRAFT') then
    raise exception 'what is drawn into a dispatched contract is settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before insert or update or delete on mark
    for each row execute function refuse_mark_change();
