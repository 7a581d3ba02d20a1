package jp.musubi.verification;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.NewestVersions;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.NotFound;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** 参照用の写しを受け取る, where the original cannot go: behind a gateway that rewrites what comes in. */
@Controller
class ReferenceController {
  private final Contracts contracts;
  private final NewestVersions newest;
  private final ReferenceCopies copies;
  private final AccessRecord looks;

  ReferenceController(
      Contracts contracts, NewestVersions newest, ReferenceCopies copies, AccessRecord looks) {
    this.contracts = contracts;
    this.newest = newest;
    this.copies = copies;
    this.looks = looks;
  }

  @Needs(Act.SEE_CONTRACT)
  @Recorded(by = Recorded.By.ITSELF, because = "an entry names the digest of what was copied")
  @GetMapping("/contracts/{id}/reference.pdf")
  ResponseEntity<byte[]> copy(@PathVariable UUID id) {
    var contract = contracts.get(new ContractId(id));
    var concluded =
        contract.finalFile().orElseThrow(() -> new NotFound("concluded file of contract " + id));
    var file = newest.of(contract.id(), concluded);
    var bytes = copies.of(contract, file);
    looks.note(
        "document.downloaded",
        contract.id().value(),
        Map.of("document", file.hex(), "kind", "reference"));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(contract.number() + "_参照用の写し.pdf", StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(bytes);
  }
}
