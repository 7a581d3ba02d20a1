package jp.musubi.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("署名値の場所は測って決める")
class RoomTest {
  /** What a token of the same authority may grow, and an ECDSA value may be shorter than most. */
  private static final int MOST_PADDING = 64;

  private static final Pattern VALUE = Pattern.compile("/Contents <([0-9a-f]+)>");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  @DisplayName("証明書が何枚連なり、時刻認証局の鍵や失効情報が大きくても、余りは僅かである")
  void fitsChainsOfAnyLength(int depth) throws Exception {
    var hierarchy = new LongChain(depth);
    var drawn = directory.resolve("drawn.pdf");
    var prepared = directory.resolve("prepared.pdf");
    Sealery.draw(drawn);
    Preparation.prepare(drawn, prepared, Sealery.FIELDS);
    for (var known : new int[] {1, depth}) {
      var engine = hierarchy.engine(known);
      var archived = directory.resolve("archived-" + known + ".pdf");

      engine.sealAndArchive(prepared, archived, Sealery.request(1));

      assertPaddingIsSmall(archived, 2);
      Judged.valid(Set.of(hierarchy.root()), archived, 1, 1);
    }
    Judged.byDss(hierarchy.rootPem(), directory.resolve("archived-1.pdf"), 1);
  }

  @Test
  @DisplayName("ほかの時刻認証局が答えて足りなくなれば、測り直して置き直す")
  void laysOutAnewWhenTheTokenOutgrewItsRoom() throws Exception {
    var small = new LongChain(2);
    var large = new LongChain(5);
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var pki = sealery.server().pki();
      var answering = new java.util.concurrent.atomic.AtomicReference<TimestampAuthority>(small);
      var engine =
          new SealEngine(
              Sealery.key(pki.sealKey(), pki.sealPath()),
              imprint -> answering.get().timestamp(imprint),
              (certificate, issuer, after) ->
                  (pki.sealPath().contains(certificate)
                          ? sealery.revocations(Sealery.DEADLINE)
                          : large)
                      .revocationOf(certificate, issuer, after));
      var prepared = sealery.prepared();
      var first = directory.resolve("first.pdf");
      engine.seal(prepared, first, Sealery.request(1));
      answering.set(large);
      var second = directory.resolve("second.pdf");
      engine.seal(first, second, Sealery.request(2));

      assertPaddingIsSmall(second, 2);
      var archived = directory.resolve("archived.pdf");
      engine.archive(second, archived);
      Judged.valid(Set.of(pki.root(), small.root(), large.root()), archived, 2, 1);
    }
  }

  private static void assertPaddingIsSmall(Path file, int values) throws Exception {
    var found =
        VALUE.matcher(Files.readString(file, ISO_8859_1)).results().map(m -> m.group(1)).toList();
    assertThat(found).hasSize(values);
    for (var value : found) {
      var bytes = java.util.HexFormat.of().parseHex(value);
      var digits = bytes[1] & 0x7f;
      var length = 2 + digits;
      var announced = 0;
      for (var i = 0; i < digits; i++) {
        announced = (announced << 8) | (bytes[2 + i] & 0xff);
      }
      assertThat(bytes.length - length - announced).isBetween(0, MOST_PADDING);
    }
  }
}
