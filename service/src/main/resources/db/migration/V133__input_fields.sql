-- 入力項目 (0068). Boxes on a draft's document that the body or its counterparties fill before it is sent; what stands in
-- them is written into the document before anybody seals it.
create table input_field (
    tenant_id   uuid    not null default current_tenant(),
    id          uuid    not null,
    contract_id uuid    not null,
    ordinal     int     not null check (ordinal >= 0),
    label       text    not null check (length(label) between 1 and 200),
    kind        text    not null check (kind in ('TEXT', 'NUMBER', 'DAY', 'TICK', 'CHOICE')),
    -- Who fills it: the place of a party among the contract's; 0 is the body.
    filler      int     not null check (filler >= 0),
    mandatory   boolean not null,
    -- Of a text the letters, of a number itself; both included.
    least       bigint,
    most        bigint,
    -- Of a day; both included.
    earliest    date,
    latest      date,
    choices     text[]  not null default '{}',
    -- What stands in the form before anybody has typed.
    prefilled   text    not null default '',
    page        int     not null check (page >= 1),
    -- Tenths of a millimetre, from the upper left corner of the page as it is seen.
    from_left   int     not null check (from_left >= 0),
    from_top    int     not null check (from_top >= 0),
    width       int     not null check (width >= 30),
    height      int     not null check (height >= 30),
    -- Of the letters, in tenths of a point.
    size        int     not null check (size between 60 and 400),
    primary key (tenant_id, id),
    unique (tenant_id, contract_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    constraint a_text_has_an_end check (kind <> 'TEXT' or most is not null),
    constraint a_choice_has_choices check ((kind = 'CHOICE') = (cardinality(choices) > 0))
);
create index input_field_of on input_field (tenant_id, contract_id, ordinal);

-- What was filled in: of a text as typed, of a number its digits, of a day as ISO 8601, of a tick true.
create table input_value (
    tenant_id   uuid        not null default current_tenant(),
    field_id    uuid        not null,
    contract_id uuid        not null,
    text        text        not null,
    -- As printed.
    filled_by   text        not null,
    -- To whom the form was sent; null for the body's own.
    mail        text,
    filled_at   timestamptz not null,
    client_ip   text        not null,
    user_agent  text        not null,
    primary key (tenant_id, field_id),
    foreign key (tenant_id, contract_id, field_id) references input_field (tenant_id, contract_id, id) on delete cascade
);
create index input_value_of on input_value (tenant_id, contract_id);

-- 記入の依頼: a link by which one counterparty fills.
create table input_request (
    tenant_id   uuid        not null default current_tenant(),
    id          uuid        not null,
    contract_id uuid        not null,
    filler      int         not null check (filler > 0),
    name        text        not null,
    mail        text        not null,
    secret_hash char(64)    not null,
    asked_at    timestamptz not null,
    expires_at  timestamptz not null,
    answered_at timestamptz,
    -- Another has taken its place.
    ended_at    timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id)
);
create index input_request_of on input_request (tenant_id, contract_id);
create unique index one_open_request on input_request (tenant_id, contract_id, filler) where ended_at is null;

do $$
declare t text;
begin
  foreach t in array array['input_field', 'input_value', 'input_request'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
    execute format('grant select, insert, update on %I to musubi_app', t);
  end loop;
end $$;
grant delete on input_field, input_value to musubi_app;

-- What left the house stays as it left; people are taken out of what was disposed of.
create function refuse_input_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and row_security_active(tg_relid) and being_erased() then
    return old;
  end if;
  if exists (select from contract c where c.tenant_id = coalesce(new.tenant_id, old.tenant_id)
                and c.id = coalesce(new.contract_id, old.contract_id)
                and c.state <> 'DRAFT' and not (c.state = 'DISPOSED' and tg_op = 'UPDATE')) then
    raise exception 'what was filled in of a dispatched contract is settled' using errcode = 'insufficient_privilege';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger settled_after_dispatch before insert or update or delete on input_field
    for each row execute function refuse_input_change();
create trigger settled_after_dispatch before insert or update or delete on input_value
    for each row execute function refuse_input_change();
