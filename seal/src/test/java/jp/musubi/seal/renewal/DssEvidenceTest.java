package jp.musubi.seal.renewal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.musubi.seal.Judges;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.validation.Verdict;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("EU DSS も証拠記録を")
@Tag("slow")
class DssEvidenceTest {
  private static final String PASSED =
      "\"indication\":\"PASSED\",\"subIndication\":null,\"timestamps\":";

  @Test
  @DisplayName("認め、二度更新しても認め、よそのファイルの上では認めない")
  void passesOurRecordsAndFailsThemOverOtherFiles(@TempDir Path directory) throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var archived = directory.resolve("archived.pdf");
      sealery.engine().archive(sealery.sealedThrice(sealery.engine()).getLast(), archived);
      var other = directory.resolve("sealed-3.pdf");
      var tree = new HashTree.Builder(HashAlgorithm.SHA_256);
      for (var file : List.of(archived, other, directory.resolve("sealed-1.pdf"))) {
        tree.add(HashAlgorithm.SHA_256.digest(file));
      }
      var authority = sealery.authority(Sealery.DEADLINE);
      var revocations = sealery.revocations(Sealery.DEADLINE);

      var batch = EvidenceBatch.stamp(tree.build(), authority);
      var first = ValidationData.gather(batch.token().path(), batch.token().time(), revocations);
      var record = EvidenceRecord.parse(batch.complete(0, first));
      // Real authorities count whole seconds here, and each timestamp must be later than the last.
      Thread.sleep(1_100);
      var timestampRenewal = new TimestampRenewal(HashAlgorithm.SHA_256);
      timestampRenewal.add(record);
      var renewed = timestampRenewal.stamp(authority);
      var second =
          ValidationData.gather(renewed.token().path(), renewed.token().time(), revocations);
      var twice = new Completion(second).of(renewed.renew(record));
      // Real authorities count whole seconds here, and each timestamp must be later than the last.
      Thread.sleep(1_100);
      var rehash = new HashTreeRenewal(HashAlgorithm.SHA_512);
      var place =
          rehash.add(twice, new Evidenced(List.of(archived)).digests(HashAlgorithm.SHA_512));
      rehash.add(twice, List.of(HashAlgorithm.SHA_512.digest(other)));
      var rehashed = rehash.stamp(authority);
      var third =
          ValidationData.gather(rehashed.token().path(), rehashed.token().time(), revocations);
      var thrice = new Completion(third).of(rehashed.renew(twice, place));

      var at = Sealery.CLOCK.instant().plusSeconds(2);
      for (var each : List.of(record, twice, thrice)) {
        assertThat(
                EvidenceValidator.validate(
                        each,
                        new Evidenced(List.of(archived)),
                        new EvidencePolicy(Set.of(sealery.server().pki().root()), at))
                    .verdict())
            .isEqualTo(Verdict.VALID);
      }
      assertThat(dss(sealery, archived, List.of(record, twice, thrice), at))
          .contains(PASSED + 1, PASSED + 2, PASSED + 3);
      assertThat(dss(sealery, other, List.of(record, twice, thrice), at)).doesNotContain(PASSED);
    }
  }

  private static String dss(Sealery sealery, Path file, List<EvidenceRecord> records, Instant at)
      throws Exception {
    var root =
        Files.writeString(
            sealery.directory().resolve("root.pem"), sealery.server().pki().rootPem());
    var evidence = new ArrayList<Path>();
    for (var record : records) {
      var name = "evidence-%d.ers".formatted(record.timestamps());
      evidence.add(Files.write(sealery.directory().resolve(name), record.der()));
    }
    var text = Judges.dss(List.of(root), List.of(file), evidence, at).text();
    var from = text.indexOf("\"evidenceRecords\"");
    assertThat(from).as(text).isPositive();
    return text.substring(from);
  }
}
