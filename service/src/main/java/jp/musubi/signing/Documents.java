package jp.musubi.signing;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import jp.musubi.contract.DocumentPages;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The documents behind a link, drawn from exactly the bytes whose digest is agreed to. */
@Component
class Documents {
  private final Vault vault;
  private final DocumentPages pages;

  Documents(Vault vault, DocumentPages pages) {
    this.vault = vault;
    this.pages = pages;
  }

  /**
   * One page as a picture. It is drawn once for all who ask: the processes that draw are the ones
   * that look at the bodies' uploads, and whoever has a link may ask without end.
   */
  byte[] image(Sha256 document, int page) {
    return pages.image(document, page);
  }

  /** Empty when the page is a picture only. */
  String text(Sha256 document, int page) {
    return pages.text(document, page).strip();
  }

  /** Sends a file to be kept. */
  void send(Sha256 document, String name, HttpServletResponse response) {
    vault.with(
        document,
        file -> {
          write(file, name, "application/pdf", response);
          return true;
        });
  }

  /** Sends a file of whatever kind to be kept, never to be shown by a browser. */
  void send(Sha256 file, String name, String mediaType, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    vault.with(
        file,
        bytes -> {
          write(bytes, name, mediaType, response);
          return true;
        });
  }

  private static void write(
      Path file, String name, String mediaType, HttpServletResponse response) {
    response.setContentType(mediaType);
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString());
    try {
      response.setContentLengthLong(Files.size(file));
      Files.copy(file, response.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
