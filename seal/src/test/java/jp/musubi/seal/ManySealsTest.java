package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jp.musubi.testkit.KeyKind;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("多くの押印")
class ManySealsTest {
  private static final int MANY = 30;

  @TempDir Path directory;

  @Test
  @DisplayName("三十人目の押印が足すバイトは一人目とほとんど変わらない")
  void addsNoMoreForTheLastThanForTheFirst() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var engine = sealery.engine();
      var file = prepared(MANY);
      var added = new ArrayList<Long>();
      for (var party = 1; party <= MANY; party++) {
        var next = directory.resolve("sealed-" + party + ".pdf");
        engine.seal(file, next, request(party));
        added.add(Files.size(next) - Files.size(file));
        file = next;
      }
      // The first also certifies; a later one writes the field, the signature and the table.
      assertThat(added).allSatisfy(bytes -> assertThat(bytes).isLessThan(added.getFirst() + 64));

      var archived = directory.resolve("archived.pdf");
      engine.archive(file, archived);
      Judged.valid(sealery, archived, MANY, 1);
    }
  }

  @Test
  @DisplayName("一つの機関で同時に押印しても、どれも有効である")
  void sealsAtTheSameTime() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256);
        var threads = Executors.newFixedThreadPool(8)) {
      var engine = sealery.engine();
      var prepared = prepared(2);
      var work =
          IntStream.range(0, 24)
              .<Callable<Path>>mapToObj(n ->
                  () -> {
                    var target = directory.resolve("at-once-" + n + ".pdf");
                    var result = engine.sealAndArchive(prepared, target, request(1));
                    assertThat(result.sha256()).isEqualTo(Sha256.of(target));
                    return target;
                  })
              .toList();
      for (var done : threads.invokeAll(work)) {
        Judged.valid(sealery, done.get(), 1, 1);
      }
    }
  }

  private Path prepared(int fields) throws Exception {
    var drawn = directory.resolve("drawn.pdf");
    var prepared = directory.resolve("prepared.pdf");
    Sealery.draw(drawn);
    Preparation.prepare(
        drawn,
        prepared,
        IntStream.rangeClosed(1, fields).mapToObj(n -> new SignatureField("musubi-" + n)).toList());
    return prepared;
  }

  private static SealRequest request(int party) {
    return new SealRequest(
        "musubi-" + party,
        "見本 花子",
        "契約相手方として合意",
        "日本",
        "https://keiyaku.example",
        Sealery.now(),
        party == 1);
  }
}
