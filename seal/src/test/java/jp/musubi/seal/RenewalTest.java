package jp.musubi.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.musubi.testkit.KeyKind;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("保管用タイムスタンプの更新")
class RenewalTest {
  @TempDir Path directory;

  /** The same authority, asked for imprints by another digest. */
  private record By(ImprintAlgorithm imprintAlgorithm, TimestampAuthority authority)
      implements TimestampAuthority {
    @Override
    public TimestampToken timestamp(byte[] imprint) {
      return authority.timestamp(imprint);
    }
  }

  @Test
  @DisplayName("何度更新しても、何も失わず、何も重ねず、別の要約算法でも続く")
  void addsOnlyWhatIsNew() throws Exception {
    try (var sealery = Sealery.open(directory, KeyKind.P_256)) {
      var file = directory.resolve("archived.pdf");
      var engine = sealery.engine();
      engine.archive(sealery.sealedThrice(engine).getLast(), file);
      var before = store(file);
      var algorithms =
          List.of(ImprintAlgorithm.SHA_384, ImprintAlgorithm.SHA_512, ImprintAlgorithm.SHA_256);
      for (var algorithm : algorithms) {
        var next = directory.resolve(algorithm + ".pdf");
        var result = engine(sealery, algorithm).renew(file, next);

        assertThat(result.sha256()).isEqualTo(Sha256.of(next));
        var after = store(next);
        // The same objects are referred to again; nothing stands there twice.
        assertThat(after).containsAllEntriesOf(before);
        assertThat(after.values()).doesNotHaveDuplicates();
        assertThat(after.size()).isGreaterThan(before.size());
        before = after;
        file = next;
      }
      Judged.valid(sealery, file, 3, 4);
      Judged.byDss(sealery, file, 3);
    }
  }

  private static SealEngine engine(Sealery sealery, ImprintAlgorithm algorithm) throws Exception {
    var pki = sealery.server().pki();
    return new SealEngine(
        Sealery.key(pki.sealKey(), pki.sealPath()),
        new By(algorithm, sealery.authority(Sealery.DEADLINE)),
        sealery.revocations(Sealery.DEADLINE),
        pki.sealPath());
  }

  /** The digest of every entry of the store by its object number. */
  private static Map<Long, Sha256> store(Path file) throws IOException {
    try (var document = Loader.loadPDF(file.toFile())) {
      var store =
          (COSDictionary)
              document
                  .getDocumentCatalog()
                  .getCOSObject()
                  .getDictionaryObject(COSName.getPDFName("DSS"));
      var entries = new TreeMap<Long, Sha256>();
      for (var key : List.of("Certs", "OCSPs", "CRLs")) {
        for (var each : store.getCOSArray(COSName.getPDFName(key))) {
          var reference = (COSObject) each;
          try (var in = ((COSStream) reference.getObject()).createInputStream()) {
            entries.put(reference.getKey().getNumber(), Sha256.of(in.readAllBytes()));
          }
        }
      }
      return entries;
    }
  }
}
