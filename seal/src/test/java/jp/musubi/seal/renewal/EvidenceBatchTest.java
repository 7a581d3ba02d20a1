package jp.musubi.seal.renewal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import jp.musubi.seal.Sealery;
import jp.musubi.seal.TimestampAuthority;
import jp.musubi.testkit.KeyKind;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSData;
import org.bouncycastle.tsp.ers.ERSDataGroup;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("証拠の束")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceBatchTest {
  private Sealery sealery;
  private TimestampAuthority authority;

  @BeforeAll
  void open(@TempDir Path directory) {
    sealery = Sealery.open(directory, KeyKind.P_256);
    authority = sealery.authority(Sealery.DEADLINE);
  }

  @AfterAll
  void close() {
    sealery.close();
  }

  @ParameterizedTest(name = "{0}件")
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 31, 100})
  @DisplayName("一つのタイムスタンプで何件でも証明し、Bouncy Castle もすべて認める")
  void provesEveryObjectByOneTimestampAsBouncyCastleAgrees(int objects) throws Exception {
    var before = sealery.server().tsa().calls();
    var batch = EvidenceBatch.stamp(tree(HashAlgorithm.SHA_512, objects), authority);
    assertThat(sealery.server().tsa().calls()).isEqualTo(before + 1);

    var data = gathered(batch);
    for (var n = 0; n < objects; n++) {
      var record = oracle(batch.complete(n, data));
      record.validatePresent(data(n), now());
      record.validate(
          new JcaSimpleSignerInfoVerifierBuilder().build(record.getSigningCertificate()));
      var other = data(objects + n);
      assertThatThrownBy(() -> record.validatePresent(other, now())).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(HashAlgorithm.class)
  @DisplayName("どのハッシュ方式でも、一つの対象に複数のファイルを含められる")
  void coversGroupsOfFilesWithEveryAlgorithm(HashAlgorithm algorithm) throws Exception {
    var tree = new HashTree.Builder(algorithm);
    for (var n = 0; n < 5; n++) {
      tree.add(List.of(algorithm.digest(bytes(n)), algorithm.digest(bytes(100 + n))));
    }
    var batch = EvidenceBatch.stamp(tree.build(), authority);

    for (var n = 0; n < 5; n++) {
      var group = new ERSDataGroup(List.of(data(n), data(100 + n)));
      oracle(batch.compact(n)).validatePresent(group, now());
    }
  }

  @Test
  @DisplayName("証拠記録は正規のDERで、読んで書けば同じバイト列になる")
  void writesCanonicalDer() throws Exception {
    var batch = EvidenceBatch.stamp(tree(HashAlgorithm.SHA_512, 9), authority);
    for (var n = 0; n < 9; n++) {
      var der = batch.compact(n);
      assertThat(oracle(der).toASN1Structure().getEncoded(ASN1Encoding.DER)).isEqualTo(der);
      assertThat(EvidenceRecord.parse(der).der()).isEqualTo(der);
    }
  }

  @Test
  @DisplayName("タイムスタンプの更新を重ねても、直前のタイムスタンプまで Bouncy Castle がたどれる")
  void renewsTimestampsAsBouncyCastleReadsThem() throws Exception {
    var first = EvidenceBatch.stamp(tree(HashAlgorithm.SHA_512, 3), authority);
    var second = EvidenceBatch.stamp(tree(HashAlgorithm.SHA_512, 4), authority);
    var records = new ArrayList<EvidenceRecord>();
    for (var batch : List.of(first, second)) {
      var completion = new Completion(gathered(batch));
      for (var n = 0; n < batch.size(); n++) {
        records.add(completion.of(EvidenceRecord.parse(batch.compact(n))));
      }
    }
    var renewal = new TimestampRenewal(HashAlgorithm.SHA_512);
    records.forEach(renewal::add);
    assertThat(renewal.timestamps()).isEqualTo(2);

    var stamped = renewal.stamp(authority);

    var newest = new Completion(ValidationData.of(stamped.token().path(), List.of()));
    for (var n = 0; n < records.size(); n++) {
      var renewed = newest.of(stamped.renew(records.get(n)));
      assertThat(renewed.timestamps()).isEqualTo(2);
      var record = oracle(renewed.der());
      record.validatePresent(data(n < 3 ? n : n - 3), now());
      record.validate(
          new JcaSimpleSignerInfoVerifierBuilder().build(record.getSigningCertificate()));
    }
    var stranger = EvidenceRecord.parse(first.compact(0));
    assertThatThrownBy(() -> stamped.renew(stranger)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("ハッシュ木を新しい方式に更新しても、Bouncy Castle が認める")
  void renewsHashTreesAsBouncyCastleReadsThem() throws Exception {
    var batch = EvidenceBatch.stamp(tree(HashAlgorithm.SHA_256, 3), authority);
    var renewal = new HashTreeRenewal(HashAlgorithm.SHA_512);
    var records = new ArrayList<EvidenceRecord>();
    var completion = new Completion(gathered(batch));
    for (var n = 0; n < 3; n++) {
      records.add(completion.of(EvidenceRecord.parse(batch.compact(n))));
      var place = renewal.add(records.get(n), List.of(HashAlgorithm.SHA_512.digest(bytes(n))));
      assertThat(place).isEqualTo(n);
    }

    var stamped = renewal.stamp(authority);

    for (var n = 0; n < 3; n++) {
      var renewed = stamped.renew(records.get(n), n);
      assertThat(renewed.algorithm()).isEqualTo(HashAlgorithm.SHA_512);
      oracle(renewed.der()).validatePresent(data(n), now());
      var other = data(n + 1);
      assertThatThrownBy(() -> oracle(renewed.der()).validatePresent(other, now())).isNotNull();
    }
  }

  private ValidationData gathered(EvidenceBatch batch) {
    return ValidationData.gather(
        batch.token().path(), batch.token().time(), sealery.revocations(Sealery.DEADLINE));
  }

  private static HashTree tree(HashAlgorithm algorithm, int objects) {
    var tree = new HashTree.Builder(algorithm);
    IntStream.range(0, objects).forEach(n -> tree.add(algorithm.digest(bytes(n))));
    return tree.build();
  }

  static byte[] bytes(int n) {
    var bytes = new byte[40];
    new Random(n).nextBytes(bytes);
    return bytes;
  }

  private static ERSData data(int n) {
    return new ERSByteData(bytes(n));
  }

  private static ERSEvidenceRecord oracle(byte[] der) throws Exception {
    return new ERSEvidenceRecord(der, new JcaDigestCalculatorProviderBuilder().build());
  }

  private static Date now() {
    return Date.from(Sealery.CLOCK.instant().plusSeconds(5));
  }
}
