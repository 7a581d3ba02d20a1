-- 通知の文面. What a body says in its own words in letters to counterparties; a part without a row is as we write it.
create table letter_words (
    tenant_id  uuid        not null default current_tenant() references body (id),
    part       text        not null check (part in ('SENDER_NAME', 'CLOSING', 'INVITATION', 'FRESH_LINK', 'AGREED',
               'CONCLUDED', 'DECLINED', 'WITHDRAWN', 'EXPIRED')),
    words      text        not null check (length(words) between 1 and 2000),
    changed_at timestamptz not null,
    primary key (tenant_id, part)
);
alter table letter_words enable row level security;
alter table letter_words force row level security;
create policy own_tenant on letter_words
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant());
grant select, insert, delete on letter_words to musubi_app;
