package jp.musubi.submission;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import jp.musubi.contract.DocumentPages;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * The bytes and pages of what was handed in, each look on record. It came from outside: always a
 * download, never shown as what it says it is (ASVS 3.2.1); pages are pictures made by us.
 */
@Component
class HandedInBytes {
  private final Vault vault;
  private final DocumentPages pages;
  private final AccessRecord looks;

  HandedInBytes(Vault vault, DocumentPages pages, AccessRecord looks) {
    this.vault = vault;
    this.pages = pages;
    this.looks = looks;
  }

  void content(HandedIn file, @Nullable UUID contract, HttpServletResponse response) {
    looks.note(
        "document.downloaded",
        contract,
        Map.of("document", file.sha256().hex(), "kind", "submission", "file", file.name()));
    vault.with(
        file.sha256(),
        bytes -> {
          response.setContentType(file.mediaType());
          response.setContentLengthLong(file.bytes());
          response.setHeader(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment()
                  .filename(file.name(), StandardCharsets.UTF_8)
                  .build()
                  .toString());
          response.setHeader("X-Content-Type-Options", "nosniff");
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          try {
            return Files.copy(bytes, response.getOutputStream());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  ResponseEntity<byte[]> image(HandedIn file, @Nullable UUID contract, int page) {
    viewed(file, contract, page);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePrivate().mustRevalidate())
        .eTag(file.sha256().hex() + "-" + page)
        .body(pages.image(file.sha256(), page));
  }

  ResponseEntity<String> text(HandedIn file, @Nullable UUID contract, int page) {
    viewed(file, contract, page);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(pages.text(file.sha256(), page));
  }

  private void viewed(HandedIn file, @Nullable UUID contract, int page) {
    if (page < 1 || page > file.pages()) {
      throw new NotFound("page " + page + " of handed in " + file.id());
    }
    looks.note(
        "document.page-viewed",
        contract,
        Map.of("document", file.sha256().hex(), "page", Integer.toString(page)));
  }
}
