-- 団体の開設. 法人番号 and the term of use; what the sign-in page must know before anybody signs in.
alter table body
    add column corporate_number char(13) check (corporate_number ~ '^[1-9][0-9]{12}$'),
    add column usable_from  date,
    -- Exclusively; null while no end is known.
    add column usable_until date,
    add check (usable_until is null or usable_from is null or usable_until > usable_from);
