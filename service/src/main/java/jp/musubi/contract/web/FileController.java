package jp.musubi.contract.web;

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
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.DocumentPages;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.FileName;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * A contract's files and pages. Files are always downloads, never shown within our pages (3.2.1).
 */
@Controller
@Needs(Act.SEE_CONTRACT)
@RequestMapping("/contracts/{id}")
class FileController {
  private static final String DIGEST = "an entry names the digest of what left";

  private final Contracts contracts;
  private final DocumentPages pages;
  private final NewestVersions newest;
  private final Vault vault;
  private final AccessRecord looks;
  private final TransactionTemplate transaction;

  FileController(
      Contracts contracts,
      DocumentPages pages,
      NewestVersions newest,
      Vault vault,
      AccessRecord looks,
      PlatformTransactionManager transactions) {
    this.contracts = contracts;
    this.pages = pages;
    this.newest = newest;
    this.vault = vault;
    this.looks = looks;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/pages/{number}.png")
  ResponseEntity<byte[]> image(@PathVariable UUID id, @PathVariable int number) {
    var contract = kept(id);
    pageViewed(contract, number);
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .cacheControl(CacheControl.maxAge(Duration.ZERO).cachePrivate().mustRevalidate())
        .eTag(contract.currentFile().hex() + "-" + number)
        .body(pages.image(contract.currentFile(), number));
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/pages/{number}.txt")
  ResponseEntity<String> text(@PathVariable UUID id, @PathVariable int number) {
    var contract = kept(id);
    pageViewed(contract, number);
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8))
        .cacheControl(CacheControl.noStore())
        .body(pages.text(contract.currentFile(), number));
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/document.pdf")
  ResponseEntity<byte[]> document(@PathVariable UUID id) {
    var contract = kept(id);
    return download(
        contract, "contract", contract.currentFile(), contract.number() + "_" + contract.title());
  }

  @Recorded(by = Recorded.By.ITSELF, because = DIGEST)
  @GetMapping("/certificate.pdf")
  ResponseEntity<byte[]> certificate(@PathVariable UUID id) {
    var contract = kept(id);
    var certificate =
        contract.certificate().orElseThrow(() -> new NotFound("certificate of contract " + id));
    return download(contract, "certificate", certificate, contract.number() + "_締結証明書");
  }

  /** Another contract may still have the same bytes; they are not this one's any more. */
  private Particulars kept(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (contract.isDisposed()) {
      throw new NotFound("file of contract %s, which was disposed of".formatted(id));
    }
    return contract;
  }

  private void pageViewed(Particulars contract, int number) {
    looks.note(
        "document.page-viewed",
        contract.id().value(),
        Map.of("document", contract.currentFile().hex(), "page", Integer.toString(number)));
  }

  private ResponseEntity<byte[]> download(
      Particulars contract, String kind, Sha256 concluded, String name) {
    var file = newest.of(contract.id(), concluded);
    looks.note(
        "document.downloaded", contract.id().value(), Map.of("document", file.hex(), "kind", kind));
    var bytes = transaction.execute(_ -> vault.with(file, FileController::read));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(FileName.plain(name) + ".pdf", StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(bytes);
  }

  private static byte[] read(java.nio.file.Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
