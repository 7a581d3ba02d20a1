package jp.musubi.journeys.drill;

import java.io.IOException;
import java.sql.SQLException;
import jp.musubi.journeys.reliability.Measurement;

/** What several drills ask of a platform in the end. */
final class Platforms {
  private Platforms() {}

  /** The database as somebody who sees all rows. */
  static String superuser(Platform platform) throws IOException {
    return platform.settings().getProperty("spring.datasource.url")
        + (platform.settings().getProperty("spring.datasource.url").contains("?") ? "&" : "?")
        + "user=postgres";
  }

  static Measurement.Row ledger(Ledger ledger, String url, int least) throws SQLException {
    var lost = ledger.lost(url).size();
    return new Measurement.Row(
        "受け付けたと答えた書き込み（下書きの作成）のうち、失われたもの",
        "%d件中 %d件".formatted(ledger.size(), lost),
        "%,d件以上のうち0件".formatted(least),
        lost == 0 && ledger.size() >= least);
  }

  static Measurement.Row audited(Platform platform) throws IOException, InterruptedException {
    var clean = platform.audit();
    return new Measurement.Row("終わったあとの ./musubi audit", clean ? "違反なし" : "違反あり", "違反なし", clean);
  }
}
