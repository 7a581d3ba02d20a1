package jp.musubi.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/** 契約書と締結証明書, as they stand, by the API. */
@Controller
@Needs(Act.SEE_CONTRACT)
@RequestMapping("/api/v1/contracts/{id}")
class ContractFilesApi {
  private final Contracts contracts;
  private final NewestVersions newest;
  private final Vault vault;
  private final AccessRecord looks;
  private final TransactionTemplate transaction;

  ContractFilesApi(
      Contracts contracts,
      NewestVersions newest,
      Vault vault,
      AccessRecord looks,
      PlatformTransactionManager transactions) {
    this.contracts = contracts;
    this.newest = newest;
    this.vault = vault;
    this.looks = looks;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
  }

  @GetMapping("/document")
  void document(@PathVariable UUID id, HttpServletResponse response) {
    var contract = kept(id);
    send(contract, "contract", contract.currentFile(), contract.number() + ".pdf", response);
  }

  @GetMapping("/certificate")
  void certificate(@PathVariable UUID id, HttpServletResponse response) {
    var contract = kept(id);
    var certificate =
        contract.certificate().orElseThrow(() -> new NotFound("certificate of contract " + id));
    send(contract, "certificate", certificate, contract.number() + "_締結証明書.pdf", response);
  }

  /** Another contract may still have the same bytes; they are not this one's any more. */
  private Particulars kept(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (contract.isDisposed()) {
      throw new NotFound("file of contract %s, which was disposed of".formatted(id));
    }
    return contract;
  }

  private void send(
      Particulars contract, String kind, Sha256 concluded, String name, HttpServletResponse to) {
    var file = newest.of(contract.id(), concluded);
    looks.note(
        "document.downloaded", contract.id().value(), Map.of("document", file.hex(), "kind", kind));
    transaction.executeWithoutResult(_ ->
        vault.with(
            file,
            stored -> {
              copy(stored, file, name, to);
              return true;
            }));
  }

  /** The vault has checked all of the bytes before the first of them leaves. */
  private static void copy(Path stored, Sha256 digest, String name, HttpServletResponse to) {
    try {
      to.setContentType(MediaType.APPLICATION_PDF_VALUE);
      to.setContentLengthLong(Files.size(stored));
      to.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment()
              .filename(name, StandardCharsets.UTF_8)
              .build()
              .toString());
      to.setHeader(HttpHeaders.ETAG, "\"" + digest.hex() + "\"");
      Files.copy(stored, to.getOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
