-- 入口: the service has a second name in LGWAN where a relay stands before it (G-01).

-- Where the links in mails to a body's staff lead.
alter table sign_in_policy
    add column entrance text not null default 'INTERNET' check (entrance in ('INTERNET', 'LGWAN'));

-- A browser binds a passkey to the name it was made under. Null: made while there was only the public one.
alter table staff_passkey add column rp_id text check (length(rp_id) between 1 and 253);

-- The provider sends the browser back to the name it came from.
alter table sso_errand
    add column entrance text not null default 'INTERNET' check (entrance in ('INTERNET', 'LGWAN'));
