-- 使われていないアカウント. suspended_at: since when an account rests because nobody used it. counted_from: unused
-- days count from here where nobody has signed in since; it moves when an administrator lets the account work again.
alter table staff
    add column suspended_at timestamptz,
    add column counted_from timestamptz not null default now();
