package jp.musubi.closure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import jp.musubi.audit.VerificationReports;
import jp.musubi.platform.PackedZip;
import jp.musubi.seal.validation.ReportJson;
import jp.musubi.seal.validation.ReportText;
import jp.musubi.vault.Vault;
import org.springframework.stereotype.Component;

/**
 * 引継ぎの一式のうち、ファイルの部. Written as it is read, a file at a time; beside what bears our seals stands
 * what our validator says of it today, in the words of {@code ./musubi verify}.
 */
@Component
class HandoverPart {
  private final Vault vault;
  private final VerificationReports verification;
  private final Clock clock;

  HandoverPart(Vault vault, VerificationReports verification, Clock clock) {
    this.vault = vault;
    this.verification = verification;
    this.clock = clock;
  }

  void write(List<HandoverFiles.Kept> files, OutputStream target) throws IOException {
    var zip = new PackedZip(target);
    for (var file : files) {
      zip.pack(file.path(), out -> copy(file, out));
      if (file.sealed()) {
        var report = vault.with(file.sha256(), path -> verification.of(path, clock.instant()));
        var name = "検証結果/" + file.sha256().hex();
        var pdf = file.path();
        zip.pack(name + ".txt", out -> out.write(utf8(ReportText.of(pdf, report))));
        zip.pack(name + ".json", out -> out.write(utf8(ReportJson.of(pdf, report))));
      }
    }
    zip.finish();
  }

  private void copy(HandoverFiles.Kept file, OutputStream out) {
    vault.with(
        file.sha256(),
        path -> {
          try {
            return Files.copy(path, out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
