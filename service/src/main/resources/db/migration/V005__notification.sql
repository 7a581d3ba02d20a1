-- 通知. Letters out, written in the transaction that causes them. A body text never holds a live
-- link secret: it holds {link:ID}, which the sender replaces at the last moment.
create table mail (
    tenant_id   uuid        not null default current_tenant() references body (id),
    id          uuid        not null,
    -- What makes this letter the one it is, e.g. concluded/CONTRACT/PARTY: it is sent once.
    occasion    text        not null,
    contract_id uuid,
    recipient   text        not null,
    subject     text        not null,
    body        text        not null,
    message_id  text        not null,
    created_at  timestamptz not null,
    sent_at     timestamptz,
    attempts    int         not null default 0,
    last_error  text,
    gave_up_at  timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, occasion),
    constraint sent_or_given_up check (sent_at is null or gave_up_at is null)
);
alter table mail enable row level security;
alter table mail force row level security;
create policy own_tenant on mail
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, update on mail to musubi_app;
