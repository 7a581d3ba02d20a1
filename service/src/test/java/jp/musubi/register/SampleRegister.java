package jp.musubi.register;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import jp.musubi.TestBody;

/**
 * Contracts as a body of some size has them, from a seed: titles of places and works, names with
 * 異体字, five years of days, sections of unequal size. Every one is fictional.
 */
final class SampleRegister {
  private static final List<String> PLACES =
      List.of(
          "市道1024号線",
          "髙﨑町線",
          "赤城橋",
          "榛名川",
          "第二小学校",
          "中央公民館",
          "葛󠄀城地区",
          "水道庁舎",
          "ごみ処理場",
          "中学校給食センター",
          "霞ヶ丘団地",
          "消防団詰所",
          "市民ホール",
          "東﨑排水機場",
          "観光案内所",
          "図書館分館");
  private static final List<String> WORKS =
      List.of(
          "舗装修繕工事",
          "清掃業務委託",
          "保守点検業務",
          "測量設計業務委託",
          "コピー用紙の購入",
          "ＰＣ端末の賃借",
          "耐震補強工事",
          "警備業務委託",
          "燃料の購入（単価契約）",
          "橋梁点検業務",
          "システム運用業務",
          "樹木剪定業務",
          "給食調理業務委託",
          "消火器の購入",
          "街路灯改修工事");
  private static final List<String> NAMES =
      List.of("見本", "例田", "髙橋", "斎藤", "齋藤", "𠮷田", "渡邉", "渡辺", "濵田", "上毛", "赤城", "榛名", "櫻井", "廣瀬");
  private static final List<String> TRADES =
      List.of("建設", "工業", "商店", "サービス", "測量設計", "電機", "石油", "造園", "情報システム", "組");
  private static final List<String> FORMS =
      List.of("株式会社 %s", "%s株式会社", "有限会社%s", "合同会社 %s", "（株）%s");

  private final Random random;

  SampleRegister(long seed) {
    random = new Random(seed);
  }

  /** Writes so many, past triggers, which would fold each one by itself. */
  void write(Connection connection, TestBody body, List<UUID> sections, int count)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "insert into vault_object values ('%s', repeat('a', 64), 1, 'application/pdf', now(), 1) on conflict do nothing"
              .formatted(body.id().value()));
      statement.execute("set session_replication_role = replica");
      connection.setAutoCommit(false);
      try (var contracts =
              connection.prepareStatement(
                  """
                  insert into contract (tenant_id, id, number, state, title, section_id, clerk_id,
                                        file_name, document_sha256, pages, created_at, amount,
                                        contract_date, period_from, period_until)
                  values (?, ?, ?, 'DRAFT', ?, ?, ?, 'x.pdf', repeat('a', 64), 1, ?, ?, ?, ?, ?)
                  """);
          var parties =
              connection.prepareStatement(
                  """
                  insert into party (tenant_id, id, contract_id, ordinal, turn, kind, capacity,
                                     organisation, name)
                  values (?, ?, ?, 1, 1, 'COUNTERPARTY', 'AUTHORITY', ?, ?)
                  """)) {
        for (var i = 0; i < count; i++) {
          add(contracts, parties, body, sections, i);
          if (i % 1000 == 999) {
            contracts.executeBatch();
            parties.executeBatch();
          }
        }
        contracts.executeBatch();
        parties.executeBatch();
      }
      statement.execute(
          """
          update contract c
             set folded = concat(fold(c.title), E'\\n', fold(c.number), E'\\n',
                                 folded_counterparties(c.tenant_id, c.id))
           where c.tenant_id = '%s'
          """
              .formatted(body.id().value()));
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute("set session_replication_role = origin");
      statement.execute("vacuum analyze contract");
      statement.execute("vacuum analyze party");
    }
  }

  private void add(
      PreparedStatement contracts,
      PreparedStatement parties,
      TestBody body,
      List<UUID> sections,
      int number)
      throws SQLException {
    var id = UUID.randomUUID();
    var day = LocalDate.of(2021, 4, 1).plusDays(random.nextInt(5 * 365));
    // Most contracts are of a few sections.
    var section = sections.get((int) (sections.size() * Math.pow(random.nextDouble(), 2)));
    contracts.setObject(1, body.id().value());
    contracts.setObject(2, id);
    contracts.setString(3, "R%d-%06d".formatted(3 + number / 200_000, number));
    contracts.setString(
        4,
        "令和%d年度 %s %s（その%d）"
            .formatted(3 + number % 5, one(PLACES), one(WORKS), random.nextInt(99)));
    contracts.setObject(5, section);
    contracts.setObject(6, body.clerk());
    contracts.setTimestamp(
        7,
        Timestamp.from(
            Instant.from(day.atStartOfDay(ZoneOffset.UTC)).plusSeconds(random.nextInt(86_400))));
    contracts.setObject(8, random.nextInt(10) == 0 ? null : 1000L * random.nextInt(100_000));
    contracts.setObject(9, random.nextInt(20) == 0 ? null : day);
    contracts.setObject(10, day);
    contracts.setObject(11, day.plusDays(random.nextInt(365)));
    contracts.addBatch();
    parties.setObject(1, body.id().value());
    parties.setObject(2, UUID.randomUUID());
    parties.setObject(3, id);
    parties.setString(4, one(FORMS).formatted(one(NAMES) + one(TRADES)));
    parties.setString(5, one(NAMES) + " 一郎");
    parties.addBatch();
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }
}
