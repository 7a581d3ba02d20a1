-- ひな形. A PDF of a body with boxes in it that are filled from the lines of a list. Once a list was filled into it, it
-- does not change any more: another takes its place.
create table template (
    tenant_id       uuid        not null default current_tenant() references body (id),
    id              uuid        not null,
    name            text        not null check (name <> ''),
    kind            text        not null,
    -- Null: for the whole body.
    section_id      uuid,
    renews          boolean     not null,
    council_vote    boolean     not null,
    file_name       text        not null,
    document_sha256 char(64)    not null,
    original_sha256 char(64),
    pages           int         not null check (pages > 0),
    made_by         uuid        not null,
    made_at         timestamptz not null,
    used_at         timestamptz,
    retired_at      timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    foreign key (tenant_id, made_by) references staff (tenant_id, id)
);
create table template_field (
    tenant_id   uuid    not null default current_tenant(),
    id          uuid    not null,
    template_id uuid    not null,
    name        text    not null check (name <> ''),
    type        text    not null check (type in ('TEXT', 'DAY', 'MONEY')),
    mandatory   boolean not null,
    most        int     not null check (most between 1 and 500),
    page        int     not null check (page > 0),
    -- Tenths of a millimetre from the upper left corner of the page as it is seen.
    from_left   int     not null check (from_left >= 0),
    from_top    int     not null check (from_top >= 0),
    width       int     not null check (width > 0),
    height      int     not null check (height > 0),
    -- Tenths of a point.
    size        int     not null check (size between 60 and 400),
    primary key (tenant_id, id),
    foreign key (tenant_id, template_id) references template (tenant_id, id)
);
do $$
declare t text;
begin
  foreach t in array array['template', 'template_field'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on template to musubi_app;
grant select, insert, delete on template_field to musubi_app;

-- The database repeats it: a template that was used keeps its file, its words and its boxes.
create function used_template_stays() returns trigger language plpgsql as $$
begin
  if old.used_at is not null
     and (old.name, old.kind, old.section_id, old.renews, old.council_vote, old.document_sha256, old.pages, old.used_at)
         is distinct from
         (new.name, new.kind, new.section_id, new.renews, new.council_vote, new.document_sha256, new.pages, new.used_at)
  then
    raise exception 'template % was used', old.id;
  end if;
  return new;
end $$;
create trigger used_template_stays before update on template
    for each row execute function used_template_stays();
create function used_template_keeps_its_fields() returns trigger language plpgsql as $$
declare of uuid := case tg_op when 'DELETE' then old.template_id else new.template_id end;
begin
  if exists (select from template where id = of and used_at is not null) then
    raise exception 'template % was used', of;
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger used_template_keeps_its_fields before insert or update or delete on template_field
    for each row execute function used_template_keeps_its_fields();
