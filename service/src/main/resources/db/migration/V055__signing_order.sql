-- 署名の順番. Parties of one turn are asked together, turn after turn; 0 is the sender's. Until now everybody had a turn
-- of their own.
alter table party add column turn int not null default 0 check (turn between 0 and 99);
update party set turn = ordinal;
alter table party alter column turn drop default;
alter table party add constraint the_sender_is_first check ((kind = 'SENDER') = (turn = 0));
-- What the file's chain of seals goes by is the order in which agreements were given.
comment on column agreement.ordinal is 'place among the agreements of the contract, and of the seal in the file';

-- 立場 of whoever agrees for a counterparty: with the authority to conclude, as an agent by 委任状, or a clerk who only
-- confirms what it says; and 共同企業体, of which it is a member. The first that is named represents it.
alter table party add column capacity text check (capacity in ('AUTHORITY', 'AGENT', 'CLERK'));
update party set capacity = 'AUTHORITY' where kind = 'COUNTERPARTY';
alter table party add constraint counterparties_have_a_capacity check ((kind = 'COUNTERPARTY') = (capacity is not null));
alter table party add column venture text not null default '' check (length(venture) <= 200);
