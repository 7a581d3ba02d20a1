package jp.musubi.dss;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** 見本 — A contract sealed to B-LTA by trial authorities, which this program knows to be valid. */
final class Sample {

  /** Shortly after it was sealed; the judgement is the same for ever. */
  private static final Instant AT = Instant.parse("2026-11-24T17:00:00Z");

  private Sample() {}

  static Answer judgedBy(Validation validation) throws IOException {
    var folder = Files.createTempDirectory("musubi-sample");
    var pdf = folder.resolve("warm-up.pdf");
    var trust = folder.resolve("warm-up.pem");
    try {
      copy(pdf);
      copy(trust);
      return validation.judge(new Request("sample", pdf, List.of(trust), AT));
    } finally {
      Files.deleteIfExists(pdf);
      Files.deleteIfExists(trust);
      Files.delete(folder);
    }
  }

  private static void copy(Path target) throws IOException {
    var name = target.getFileName().toString();
    var in = Objects.requireNonNull(Sample.class.getResourceAsStream(name), name);
    try (in) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
