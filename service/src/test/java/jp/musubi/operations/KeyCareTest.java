package jp.musubi.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import jp.musubi.ServiceTest;
import jp.musubi.TestBody;
import jp.musubi.TestPeople;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.IntegrityBroken;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.secrets.BodyKeys;
import jp.musubi.platform.secrets.SecretsSettings;
import jp.musubi.vault.Reencryption;
import jp.musubi.vault.StoredObjects;
import jp.musubi.vault.Vault;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

@ServiceTest
@DisplayName("鍵の手入れは")
class KeyCareTest {
  @Autowired BodyKeys keys;
  @Autowired Reencryption reencryption;
  @Autowired AuditTrail audit;
  @Autowired TransactionTemplate transaction;
  @Autowired Vault vault;
  @TempDir Path folder;

  @Test
  @DisplayName("古くなった団体の鍵を新しくし、原本を移し、監査記録に残す")
  void renewsAnOldKeyMovesTheFilesAndSaysSo() throws Exception {
    var body = TestBody.create("-");
    var file = Files.writeString(folder.resolve("contract"), "契約書");
    var digest = Tenancy.in(body.id(), () -> vault.put(file, "application/pdf"));
    var old = StoredObjects.file(keys, transaction, body.id(), digest);
    assertThat(old).exists();

    run(body, Duration.ofDays(365));
    assertThat(old).exists();
    assertThat(actions(body)).isEmpty();

    run(body, Duration.ofNanos(1));
    assertThat(old).doesNotExist();
    assertThat(StoredObjects.file(keys, transaction, body.id(), digest)).exists();
    assertThat(Tenancy.in(body.id(), () -> vault.with(digest, KeyCareTest::text))).isEqualTo("契約書");
    assertThat(actions(body)).containsExactly("key.renewed", "files.encrypted-anew");
  }

  @Test
  @DisplayName("何も置いていない団体には、鍵も記録も作らない")
  void leavesABodyAloneThatHasNothing() throws Exception {
    var body = TestBody.create("-");
    run(body, Duration.ofNanos(1));
    assertThat(actions(body)).isEmpty();
  }

  @Test
  @DisplayName("主鍵を二人で確かめるまでは、団体の鍵を包み直さない")
  void wrapsNothingAnewUntilTheMasterKeyIsConfirmed() throws Exception {
    var body = TestBody.create("-");
    Tenancy.in(
        body.id(),
        () -> {
          transaction.executeWithoutResult(_ -> keys.renew());
          return true;
        });
    TestPeople.run(
        "update body_key set master_id = 'former' where tenant_id = ?", body.id().value());
    try {
      run(body, Duration.ofDays(365), () -> false);
      assertThat(actions(body)).isEmpty();
      // No setting names that master key: wrapping anew is tried, and cannot be done.
      assertThatThrownBy(() -> run(body, Duration.ofDays(365), () -> true))
          .isInstanceOf(IntegrityBroken.class);
    } finally {
      // A service that starts after this test would miss that key.
      TestPeople.run(
          "update body_key set master_id = ? where tenant_id = ?",
          keys.masterId(),
          body.id().value());
    }
  }

  private void run(TestBody body, Duration life) {
    run(body, life, () -> true);
  }

  private void run(TestBody body, Duration life, BooleanSupplier masterMayWrap) {
    var settings = new SecretsSettings(folder.resolve("unused"), null, life, null);
    var care =
        new KeyCare(
            keys, masterMayWrap, reencryption, audit, transaction, settings, Clock.systemUTC());
    Tenancy.in(
        body.id(),
        () -> {
          care.run();
          return true;
        });
  }

  private static List<String> actions(TestBody body) throws SQLException {
    var actions = new ArrayList<String>();
    try (var connection = ServiceTest.RealParts.database().superuser();
        var statement =
            connection.prepareStatement(
                "select action from audit_entry where tenant_id = ? order by seq")) {
      statement.setObject(1, body.id().value());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          actions.add(rows.getString(1));
        }
      }
    }
    return actions;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
