package jp.musubi.verification;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import jp.musubi.platform.web.FormReader;
import jp.musubi.seal.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.web.multipart.MultipartFile;

/** The digest of a chosen file: as the browser computed it, or of the file where it was sent. */
final class FileDigest {
  private FileDigest() {}

  static Optional<Sha256> of(
      FormReader reader, @Nullable String computed, @Nullable MultipartFile file) {
    if (computed != null && computed.matches("[0-9a-f]{64}")) {
      return Optional.of(Sha256.parse(computed));
    }
    if (file == null || file.isEmpty()) {
      reader.reject("file", "verify.wrong.file");
      return Optional.empty();
    }
    return Optional.of(of(file));
  }

  private static Sha256 of(MultipartFile file) {
    try (var in =
        new DigestInputStream(file.getInputStream(), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return Sha256.parse(HexFormat.of().formatHex(in.getMessageDigest().digest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
