-- Webhook (E-01). Where a body's other systems hear of the steps of its contracts, and what was told them. Payloads are
-- made of these columns: ids, a state and a time, nothing of a person.
create table webhook_endpoint (
    tenant_id      uuid        not null default current_tenant() references body (id),
    id             uuid        not null,
    name           text        not null check (length(name) between 1 and 100),
    url            text        not null check (length(url) <= 500),
    -- What signs, encrypted with the body's key; the former one signs beside it for a while.
    secret         bytea       not null,
    former_secret  bytea,
    former_until   timestamptz,
    created_at     timestamptz not null,
    ended_at       timestamptz,
    -- The breaker: how often in a row it did not answer, and until when nothing is tried.
    failures       int         not null default 0,
    rests_until    timestamptz,
    primary key (tenant_id, id)
);
alter table webhook_endpoint enable row level security;
alter table webhook_endpoint force row level security;
create policy own_tenant on webhook_endpoint
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on webhook_endpoint to musubi_app;

create table webhook_delivery (
    tenant_id    uuid        not null default current_tenant() references body (id),
    -- The event's id, by which a receiver knows it as the same.
    id           uuid        not null,
    endpoint_id  uuid        not null,
    contract_id  uuid        not null,
    -- Counts the events of a contract for an endpoint; none is told before the one before it is settled.
    sequence     int         not null check (sequence > 0),
    event        text        not null,
    state        text        not null,
    party_id     uuid,
    occurred_at  timestamptz not null,
    -- Since when it is tried.
    since        timestamptz not null,
    attempts     int         not null default 0,
    next_at      timestamptz not null,
    delivered_at timestamptz,
    gave_up_at   timestamptz,
    last_error   text,
    primary key (tenant_id, id),
    unique (tenant_id, endpoint_id, contract_id, sequence),
    foreign key (tenant_id, endpoint_id) references webhook_endpoint (tenant_id, id),
    check (delivered_at is null or gave_up_at is null)
);
create index webhook_delivery_newest on webhook_delivery (tenant_id, endpoint_id, occurred_at desc);
alter table webhook_delivery enable row level security;
alter table webhook_delivery force row level security;
create policy own_tenant on webhook_delivery
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on webhook_delivery to musubi_app;
