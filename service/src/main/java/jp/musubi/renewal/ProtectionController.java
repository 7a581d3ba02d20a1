package jp.musubi.renewal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import jp.musubi.authority.Act;
import jp.musubi.authority.Needs;
import jp.musubi.authority.Recorded;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.web.Book;
import jp.musubi.platform.web.Crumb;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.Sheet;
import jp.musubi.platform.web.Text;
import jp.musubi.staff.CurrentStaff;
import jp.musubi.staff.StaffMember;
import jp.musubi.vault.Vault;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** 検証ができる期間 of one contract: every version of its files, each to take away. */
@Controller
@Needs(Act.SEE_CONTRACT)
@RequestMapping("/contracts/{id}/protection")
class ProtectionController {
  private final Contracts contracts;
  private final Versions versions;
  private final Vault vault;
  private final AccessRecord looks;
  private final Words words;
  private final Book book;
  private final TransactionOperations transactions;
  private final Clock clock;

  ProtectionController(
      Contracts contracts,
      Versions versions,
      Vault vault,
      AccessRecord looks,
      Words words,
      Book book,
      TransactionOperations transactions,
      Clock clock) {
    this.contracts = contracts;
    this.versions = versions;
    this.vault = vault;
    this.looks = looks;
    this.words = words;
    this.book = book;
    this.transactions = transactions;
    this.clock = clock;
  }

  @GetMapping
  ModelAndView show(@PathVariable UUID id, @CurrentStaff StaffMember reader) {
    var contract = kept(id);
    var path = "/contracts/" + id;
    var now = clock.instant();
    var all = of(contract.id());
    var facts = new ArrayList<Fact>();
    Objects.requireNonNull(transactions.execute(_ -> versions.standing(contract.id())))
        .ifPresent(standing -> {
          facts.add(Fact.of("protection.until", JapaneseDates.date(standing.endsAt())));
          facts.add(Fact.of("protection.cause", words.cause(standing.cause())));
          facts.add(
              new Fact(
                  "protection.standing",
                  words.standing(standing, now),
                  standing.trouble().map(words::trouble).orElse(null)));
        });
    return new ModelAndView(
        "web/sheet",
        "page",
        Sheet.of(
                book.of("protection.note"),
                words.crumbs(
                    book.crumb("contract.list.heading", "/contracts"),
                    new Crumb(contract.title(), path),
                    book.crumb("protection.note", path + "/protection")))
            .led(Text.of("protection.versions.lead"))
            .with(facts)
            .doing(
                !all.isEmpty() && Act.RENEW_NOW.roles().stream().anyMatch(reader::may)
                    ? List.of(
                        Sheet.Action.link(
                            "renewal.now", "/renewals/now?number=" + contract.number()))
                    : List.of())
            .listing(
                List.of(
                    new Sheet.Table(
                        Text.of("protection.versions"),
                        List.of(
                            "protection.file",
                            "protection.stamped",
                            "protection.until",
                            "protection.why",
                            "protection.digest"),
                        all.stream().map(version -> row(path, version)).toList(),
                        "protection.note.unknown"))));
  }

  private List<Sheet.Cell> row(String path, Version version) {
    return List.of(
        Sheet.Cell.link(
                book.of("protection.file." + version.kind()),
                "%s/protection/%s/%d.pdf".formatted(path, version.kind(), version.ordinal()))
            .noted(
                version.ordinal() == 0
                    ? book.of("protection.version.concluded")
                    : book.of("protection.version.renewed", version.ordinal())),
        Sheet.Cell.of(JapaneseDates.time(version.stampedAt())).noted(version.authority()),
        Sheet.Cell.of(JapaneseDates.date(version.endsAt()))
            .noted(words.cause(version.cause().name())),
        Sheet.Cell.of(book.of("protection.why." + version.why(), version.asked().orElse(""))),
        Sheet.Cell.of(version.sha256().hex()));
  }

  @Recorded(by = Recorded.By.ITSELF, because = "an entry names the digest of what left")
  @GetMapping("/{file}/{number}.pdf")
  ResponseEntity<byte[]> take(
      @PathVariable UUID id, @PathVariable String file, @PathVariable("number") int ordinal) {
    var contract = kept(id);
    var version =
        of(contract.id()).stream()
            .filter(each -> each.kind().name().equals(file) && each.ordinal() == ordinal)
            .findFirst()
            .orElseThrow(() -> new NotFound("version %d of contract %s".formatted(ordinal, id)));
    looks.note(
        "document.downloaded",
        id,
        Map.of(
            "document", version.sha256().hex(),
            "kind", "version",
            "version", String.valueOf(ordinal)));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(
                    "%s_%s_%d.pdf"
                        .formatted(contract.number(), book.of("protection.file." + file), ordinal),
                    StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(vault.with(version.sha256(), ProtectionController::read));
  }

  private List<Version> of(ContractId contract) {
    return Objects.requireNonNull(transactions.execute(_ -> versions.of(contract)));
  }

  private Particulars kept(UUID id) {
    var contract = contracts.get(new ContractId(id));
    if (!contract.state().equals("CONCLUDED")) {
      throw new NotFound("concluded files of contract " + id);
    }
    return contract;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
