-- 承認. Who lets a draft leave the house. Nothing is deleted: routes end, approvals settle.
create table approval_policy (
    tenant_id   uuid        not null default current_tenant() references body (id) primary key,
    -- What no route covers cannot be sent.
    required    boolean     not null,
    own_allowed boolean     not null,
    changed_at  timestamptz not null
);

-- 承認経路. A change ends the row and writes another, so that what was approved by a route can be read for ever.
create table approval_route (
    tenant_id  uuid        not null default current_tenant() references body (id),
    id         uuid        not null,
    name       text        not null check (length(name) between 1 and 100),
    -- With all below it; null for the whole body.
    section_id uuid,
    -- 契約種別; null for all.
    kind       text,
    -- In yen, both included.
    least      bigint      check (least >= 0),
    most       bigint      check (most >= 0),
    made_at    timestamptz not null,
    ended_at   timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, section_id) references section (tenant_id, id),
    check (most >= least)
);
create table approval_route_post (
    tenant_id uuid    not null default current_tenant(),
    route_id  uuid    not null,
    step      int     not null check (step between 0 and 9),
    post_id   uuid    not null,
    all_of    boolean not null,
    primary key (tenant_id, route_id, step, post_id),
    foreign key (tenant_id, route_id) references approval_route (tenant_id, id),
    foreign key (tenant_id, post_id) references post (tenant_id, id)
);

create table approval (
    tenant_id       uuid        not null default current_tenant() references body (id),
    id              uuid        not null,
    contract_id     uuid        not null,
    route_id        uuid        not null,
    -- What was reviewed: the draft's version, the prepared bytes, terms and parties.
    version         int         not null,
    document_sha256 char(64)    not null,
    content_sha256  char(64)    not null,
    -- 決裁: its number, its day, and the digest of the document that was decided; beside it what it is compared with.
    decision_number text        not null default '' check (length(decision_number) <= 100),
    decision_day    date,
    decided_sha256  char(64),
    original_sha256 char(64),
    rebuilt_sha256  char(64)    not null,
    asked_by        uuid        not null,
    asked_at        timestamptz not null,
    state           text        not null check (state in ('UNDER_WAY', 'APPROVED', 'RETURNED', 'RECALLED', 'REROUTED')),
    settled_at      timestamptz,
    settled_by      uuid,
    comment         text        check (length(comment) between 1 and 500),
    primary key (tenant_id, id),
    foreign key (tenant_id, contract_id) references contract (tenant_id, id),
    foreign key (tenant_id, route_id) references approval_route (tenant_id, id),
    foreign key (tenant_id, asked_by) references staff (tenant_id, id),
    foreign key (tenant_id, settled_by) references staff (tenant_id, id),
    constraint settled_by_somebody
        check ((state = 'UNDER_WAY') = (settled_at is null) and (settled_at is null) = (settled_by is null)),
    constraint returned_with_a_reason check ((state in ('RETURNED', 'REROUTED')) = (comment is not null))
);
create unique index one_approval_under_way on approval (tenant_id, contract_id) where state = 'UNDER_WAY';
create index approval_of_contract on approval (tenant_id, contract_id, asked_at desc);

-- 席. A post in a step of one approval, and who approved there; given_for is the holder at 代決.
create table approval_seat (
    tenant_id   uuid    not null default current_tenant(),
    approval_id uuid    not null,
    step        int     not null check (step between 0 and 9),
    post_id     uuid    not null,
    all_of      boolean not null,
    given_by    uuid,
    given_for   uuid,
    given_at    timestamptz,
    primary key (tenant_id, approval_id, step, post_id),
    foreign key (tenant_id, approval_id) references approval (tenant_id, id),
    foreign key (tenant_id, post_id) references post (tenant_id, id),
    foreign key (tenant_id, given_by) references staff (tenant_id, id),
    foreign key (tenant_id, given_for) references staff (tenant_id, id),
    constraint given_at_once check (num_nonnulls(given_by, given_at) in (0, 2)),
    constraint instead_of_somebody_else check (given_for is null or (given_by is not null and given_for <> given_by))
);
create index approval_seat_by_post on approval_seat (tenant_id, post_id);

-- 代理. Who approves while somebody is away.
create table stand_in (
    tenant_id    uuid        not null default current_tenant() references body (id),
    id           uuid        not null,
    principal_id uuid        not null,
    deputy_id    uuid        not null,
    from_date    date        not null,
    -- Exclusively.
    until_date   date        not null,
    reason       text        not null check (length(reason) between 1 and 200),
    named_at     timestamptz not null,
    ended_at     timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, principal_id) references staff (tenant_id, id),
    foreign key (tenant_id, deputy_id) references staff (tenant_id, id),
    check (principal_id <> deputy_id),
    check (until_date > from_date)
);
create index stand_in_of_principal on stand_in (tenant_id, principal_id);

-- What is settled stays so, and nobody approves at a seat twice or after the end.
create function refuse_second_settlement() returns trigger language plpgsql as $$
begin
  if old.state <> 'UNDER_WAY' then
    raise exception 'approval % is settled', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger settled_once before update on approval
    for each row execute function refuse_second_settlement();
create function refuse_second_consent() returns trigger language plpgsql as $$
begin
  if old.given_by is not null
      or (select state from approval where tenant_id = old.tenant_id and id = old.approval_id) <> 'UNDER_WAY' then
    raise exception 'approval % takes no consent here', old.approval_id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger given_once before update on approval_seat
    for each row execute function refuse_second_consent();

do $$
declare t text;
begin
  foreach t in array array['approval_policy', 'approval_route', 'approval_route_post', 'approval', 'approval_seat', 'stand_in'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format('create policy own_tenant on %I using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', t);
  end loop;
end $$;
grant select, insert, update on approval_policy to musubi_app;
grant select, insert on approval_route, approval_route_post, approval, approval_seat, stand_in to musubi_app;
grant update (ended_at) on approval_route, stand_in to musubi_app;
grant update (state, settled_at, settled_by, comment) on approval to musubi_app;
grant update (given_by, given_for, given_at) on approval_seat to musubi_app;

-- Posts at which somebody sits on a day: their own, and those of whom they stand in for.
create function posts_sat_at(person uuid, day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    select h.post_id
      from post_holding h join post p on p.tenant_id = h.tenant_id and p.id = h.post_id
     where h.from_date <= day and (h.until_date is null or h.until_date > day)
       and (p.closed_on is null or p.closed_on > day)
       and (h.staff_id = person
            or h.staff_id in (select s.principal_id from stand_in s
                               where s.deputy_id = person and s.ended_at is null
                                 and s.from_date <= day and s.until_date > day));
end;

-- Contracts that somebody sees because they are asked to approve them, or once did or sent them back.
create function contracts_approved_by(person uuid, day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    select a.contract_id
      from approval a join approval_seat s on s.tenant_id = a.tenant_id and s.approval_id = a.id
     where s.given_by = person
        or (a.state = 'RETURNED' and a.settled_by = person)
        or (a.state = 'UNDER_WAY' and s.post_id in (select * from posts_sat_at(person, day)));
end;

-- The same from the other side.
create function approvers_of(contract uuid, day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    select s.given_by
      from approval a join approval_seat s on s.tenant_id = a.tenant_id and s.approval_id = a.id
     where a.contract_id = contract and s.given_by is not null
    union
    select a.settled_by from approval a
     where a.contract_id = contract and a.state = 'RETURNED'
    union
    select h.staff_id
      from approval a
      join approval_seat s on s.tenant_id = a.tenant_id and s.approval_id = a.id
      join post_holding h on h.tenant_id = s.tenant_id and h.post_id = s.post_id
      join post p on p.tenant_id = h.tenant_id and p.id = h.post_id
     where a.contract_id = contract and a.state = 'UNDER_WAY'
       and h.from_date <= day and (h.until_date is null or h.until_date > day)
       and (p.closed_on is null or p.closed_on > day)
    union
    select i.deputy_id
      from approval a
      join approval_seat s on s.tenant_id = a.tenant_id and s.approval_id = a.id
      join post_holding h on h.tenant_id = s.tenant_id and h.post_id = s.post_id
      join post p on p.tenant_id = h.tenant_id and p.id = h.post_id
      join stand_in i on i.tenant_id = h.tenant_id and i.principal_id = h.staff_id
     where a.contract_id = contract and a.state = 'UNDER_WAY'
       and h.from_date <= day and (h.until_date is null or h.until_date > day)
       and (p.closed_on is null or p.closed_on > day)
       and i.ended_at is null and i.from_date <= day and i.until_date > day;
end;

-- 承認待ち: approvals whose current step has an open seat at a post where somebody sits.
create function approvals_awaiting(person uuid, day date) returns setof uuid
    language sql stable parallel safe
begin atomic
    select a.id
      from approval a
      join approval_seat s on s.tenant_id = a.tenant_id and s.approval_id = a.id
     where a.state = 'UNDER_WAY' and s.given_by is null
       and s.post_id in (select * from posts_sat_at(person, day))
       and s.step = (select min(o.step) from approval_seat o
                      where o.tenant_id = a.tenant_id and o.approval_id = a.id
                        and case when o.all_of then o.given_by is null
                                 else not exists (select from approval_seat g
                                                   where g.tenant_id = o.tenant_id and g.approval_id = o.approval_id
                                                     and g.step = o.step and g.given_by is not null) end);
end;
