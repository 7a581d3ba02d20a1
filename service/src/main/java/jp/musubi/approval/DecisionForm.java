package jp.musubi.approval;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.musubi.platform.web.Field;
import jp.musubi.platform.web.Form;
import jp.musubi.platform.web.FormReader;
import jp.musubi.platform.web.Text;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/**
 * 決裁 as a clerk enters it. Of the document that was decided only the digest is kept, whether it was
 * pasted or made here from the file.
 */
record DecisionForm(
    @Nullable String number,
    @Nullable String day,
    @Nullable String digest,
    @Nullable MultipartFile decided) {
  private static final DecisionForm EMPTY = new DecisionForm(null, null, null, null);

  static DecisionForm empty() {
    return EMPTY;
  }

  /** What it means; nothing where {@code reader} has found something wrong. */
  record Meaning(String number, Optional<LocalDate> day, Optional<Sha256> digest) {}

  Optional<Meaning> read(FormReader reader, LocalDate today) {
    var plain = reader.line("number", number, 100, false);
    var on = reader.day("day", day);
    if (on.isPresent() && on.get().isAfter(today)) {
      reader.reject("day", "approval.wrong.future");
    }
    var pasted = pasted(reader);
    var uploaded = uploaded();
    if (pasted.isPresent() && uploaded.isPresent() && !pasted.equals(uploaded)) {
      reader.reject("digest", "approval.wrong.twoDigests");
    }
    return reader.wrong().isEmpty()
        ? Optional.of(new Meaning(plain, on, uploaded.or(() -> pasted)))
        : Optional.empty();
  }

  private Optional<Sha256> pasted(FormReader reader) {
    var text =
        Normalizer.normalize(digest == null ? "" : digest, Normalizer.Form.NFKC)
            .replaceAll("\\s", "")
            .toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches("[0-9a-f]{64}")) {
      reader.reject("digest", "approval.wrong.digest");
      return Optional.empty();
    }
    return Optional.of(Sha256.parse(text));
  }

  private Optional<Sha256> uploaded() {
    if (decided == null || decided.isEmpty()) {
      return Optional.empty();
    }
    try {
      var file = Files.createTempFile("musubi-decided", ".pdf");
      try {
        decided.transferTo(file);
        return Optional.of(Sha256.of(file));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Field> fields(Map<String, Text> wrong) {
    return List.of(
        Field.optional("number", "approval.number")
            .hinted("approval.number.hint")
            .with(number)
            .wrong(wrong.get("number")),
        Field.optional("day", "approval.day")
            .hinted("approval.day.hint")
            .drawn(Form.DAY)
            .with(day)
            .wrong(wrong.get("day")),
        Field.optional("decided", "approval.decided")
            .hinted("approval.decided.hint")
            .drawn(Field.Look.PDF),
        Field.optional("digest", "approval.digest")
            .hinted("approval.digest.hint")
            .with(digest)
            .wrong(wrong.get("digest")));
  }
}
