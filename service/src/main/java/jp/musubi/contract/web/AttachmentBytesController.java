package jp.musubi.contract.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.Attachment;
import jp.musubi.contract.Attachments;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.DocumentPages;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.vault.Vault;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The bytes and pages of a contract's files; the files are always downloads, never shown (3.2.1).
 */
@Controller
@Needs(Act.SEE_CONTRACT)
@RequestMapping("/contracts/{id}/files/{file}")
class AttachmentBytesController {
  private static final String DIGEST = "an entry names the digest of what left";

  private final Contracts contracts;
  private final Attachments attachments;
  private final DocumentPages pages;
  private final Vault vault;
  private final AccessRecord looks;

  AttachmentBytesController(
      Contracts contracts,
      Attachments attachments,
      DocumentPages pages,
      Vault vault,
      AccessRecord looks) {
    this.contracts = contracts;
    this.attachments = attachments;
    this.pages = pages;
    this.vault = vault;
    this.looks = looks;
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/content")
  void content(@PathVariable UUID id, @PathVariable UUID file, HttpServletResponse response) {
    var attachment = find(id, file);
    looks.note(
        "document.downloaded",
        id,
        Map.of(
            "document",
            attachment.sha256().hex(),
            "kind",
            "attachment",
            "file",
            attachment.name()));
    vault.with(
        attachment.sha256(),
        bytes -> {
          response.setContentType(attachment.mediaType());
          response.setContentLengthLong(attachment.bytes());
          response.setHeader(
              HttpHeaders.CONTENT_DISPOSITION,
              ContentDisposition.attachment()
                  .filename(attachment.name(), StandardCharsets.UTF_8)
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

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(
      @PathVariable UUID id, @PathVariable UUID file, @PathVariable int number) {
    var attachment = viewed(id, file, number);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePrivate().mustRevalidate())
        .eTag(attachment.sha256().hex() + "-" + number)
        .body(pages.image(attachment.sha256(), number));
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/pages/{number}.txt")
  ResponseEntity<String> text(
      @PathVariable UUID id, @PathVariable UUID file, @PathVariable int number) {
    var attachment = viewed(id, file, number);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(pages.text(attachment.sha256(), number));
  }

  private Attachment viewed(UUID id, UUID file, int number) {
    var attachment = find(id, file);
    if (number < 1 || number > attachment.pages()) {
      throw new NotFound("page " + number + " of attachment " + file);
    }
    looks.note(
        "document.page-viewed",
        id,
        Map.of("document", attachment.sha256().hex(), "page", Integer.toString(number)));
    return attachment;
  }

  private Attachment find(UUID id, UUID file) {
    var contract = contracts.get(new ContractId(id));
    if (contract.isDisposed()) {
      throw new NotFound("attachment of contract %s, which was disposed of".formatted(id));
    }
    return attachments
        .of(contract.id())
        .find(file)
        .orElseThrow(() -> new NotFound("attachment " + file));
  }
}
