-- 契約台帳の検索. Letters that people take for the same are one: full and half width, ひらがな and カタカナ, forms of a
-- character with and without selector, spaces or none. What was entered stays as it is; this is only for finding it.
-- Both the stored and the typed side go through this function, so that the two cannot differ.
create function fold(words text) returns text
    language sql immutable strict parallel safe
    return translate(translate(
        regexp_replace(lower(normalize(words, NFKC)), '[\s\uFE00-\uFE0F\U000E0100-\U000E01EF]', '', 'g'),
        'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでとどなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐゑをんゔゕゖ',
        'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデトドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰヱヲンヴヵヶ'),
        '髙﨑嵜濵濱邊邉齋齊斉澤櫻嶋嶌廣國會眞惠榮壽德鐵瀨澁圓藏龍瀧嶽峯槇冨曾淵渊籠學縣區驛萬與舊圖發豐寶佛繩爐舘桒鷗礒兒兔吳𠮷敎曉條來檜樂歷氣灣燈犧狹畫盡縱總臺莊薰藥號覺譽讓賴輕辯遙醫釋錢關陷隱靜顯體髮鬪鷄麥黃黑點齒ヵヶ',
        '高崎崎浜浜辺辺斎斎斎沢桜島島広国会真恵栄寿徳鉄瀬渋円蔵竜滝岳峰槙富曽渕渕篭学県区駅万与旧図発豊宝仏縄炉館桑鴎磯児兎呉吉教暁条来桧楽歴気湾灯犠狭画尽縦総台荘薫薬号覚誉譲頼軽弁遥医釈銭関陥隠静顕体髪闘鶏麦黄黒点歯カケ');

-- 年度 of a day, April to March (地方自治法 208条).
create function fiscal_year(day date) returns int
    language sql immutable strict parallel safe
    return extract(year from day)::int - case when extract(month from day) < 4 then 1 else 0 end;

-- 件名, 番号 and 相手方 folded, a line each. Beside what it is made of, so that one scan of an index finds and orders.
alter table contract add column folded text not null default '';

create function folded_counterparties(body uuid, contract uuid) returns text
    language sql stable
    return (select coalesce(string_agg(who, ' '), '') from (
        select fold(organisation) || E'\t' || fold(name) as who from party
         where tenant_id = body and contract_id = contract and kind = 'COUNTERPARTY'
        union all
        select fold(d.name) from delegation d
         where d.tenant_id = body and d.contract_id = contract) names);

create function fold_contract() returns trigger language plpgsql as $$
begin
  new.folded := concat(fold(new.title), E'\n', fold(new.number), E'\n', folded_counterparties(new.tenant_id, new.id));
  return new;
end $$;
create trigger folded_as_entered before insert or update of title, number on contract
    for each row execute function fold_contract();

create function fold_contract_of_party() returns trigger language plpgsql as $$
declare
  of_body uuid := case tg_op when 'DELETE' then old.tenant_id else new.tenant_id end;
  of_contract uuid := case tg_op when 'DELETE' then old.contract_id else new.contract_id end;
begin
  update contract c
     set folded = concat(fold(c.title), E'\n', fold(c.number), E'\n', folded_counterparties(of_body, of_contract))
   where c.tenant_id = of_body and c.id = of_contract;
  return null;
end $$;
create trigger folded_as_entered after insert or update or delete on party
    for each row execute function fold_contract_of_party();
create trigger folded_as_entered after insert on delegation
    for each row execute function fold_contract_of_party();

-- The rows of all bodies are carried over; the owner sees them only while it is not bound itself.
alter table contract no force row level security;
alter table party no force row level security;
alter table delegation no force row level security;
update contract c
   set folded = concat(fold(c.title), E'\n', fold(c.number), E'\n', folded_counterparties(c.tenant_id, c.id));
alter table delegation force row level security;
alter table party force row level security;
alter table contract force row level security;

-- The list within one section, and by 契約日.
create index contract_by_section on contract (tenant_id, section_id, created_at desc, id desc);
create index contract_by_contract_date on contract (tenant_id, contract_date);
