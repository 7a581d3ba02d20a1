package jp.musubi.recipient;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.NewestVersions;
import jp.musubi.contract.Particulars;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.organisation.Contacts;
import jp.musubi.organisation.OutsidePages;
import jp.musubi.platform.JapaneseDates;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.web.Fact;
import jp.musubi.platform.web.FileName;
import jp.musubi.platform.web.UserAgent;
import jp.musubi.seal.Sha256;
import jp.musubi.vault.Vault;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * 受け取りの画面, where a recipient's mailed link leads. Machines that look through mail open it, too:
 * only the button receives (WEB-M 1), and only then the document is given.
 */
@Controller
@RequestMapping("/s/{body}/receipt/{way}/{secret}")
class ReceiptController {
  private static final DateTimeFormatter ENGLISH_TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm '(Japan time)'", Locale.ENGLISH);

  private final Recipients recipients;
  private final RecipientLetters letters;
  private final NewestVersions newest;
  private final OutsidePages outside;
  private final Contacts contacts;
  private final Vault vault;
  private final AccessRecord record;
  private final TransactionTemplate transaction;

  ReceiptController(
      Recipients recipients,
      RecipientLetters letters,
      NewestVersions newest,
      OutsidePages outside,
      Contacts contacts,
      Vault vault,
      AccessRecord record,
      PlatformTransactionManager transactions) {
    this.recipients = recipients;
    this.letters = letters;
    this.newest = newest;
    this.outside = outside;
    this.contacts = contacts;
    this.vault = vault;
    this.record = record;
    this.transaction = new TransactionTemplate(transactions);
    this.transaction.setReadOnly(true);
  }

  @GetMapping
  ModelAndView show(
      @PathVariable String body, @PathVariable String way, @PathVariable String secret) {
    var found = delivery(way, secret);
    if (found.isEmpty()) {
      return outside.notice(HttpStatus.NOT_FOUND, "receipt.unknown", "");
    }
    var delivery = found.get();
    if (recipients.isOver(delivery)) {
      return outside.notice(
          HttpStatus.GONE, "receipt.over", contacts.shown(delivery.contract().sectionId()));
    }
    return page(delivery, "/s/%s/receipt/%s/%s".formatted(body, way, secret));
  }

  /** 「文書を受け取る」. */
  @PostMapping("/receiving")
  ModelAndView receive(
      @PathVariable String body,
      @PathVariable String way,
      @PathVariable String secret,
      HttpServletRequest request) {
    delivery(way, secret)
        .filter(found -> !recipients.isOver(found))
        .ifPresent(
            found -> recipients.receive(found, request.getRemoteAddr(), UserAgent.of(request)));
    return new ModelAndView("redirect:/s/%s/receipt/%s/%s".formatted(body, way, secret));
  }

  @GetMapping("/document.pdf")
  ResponseEntity<byte[]> document(
      @PathVariable String body,
      @PathVariable String way,
      @PathVariable String secret,
      HttpServletRequest request) {
    var delivery =
        delivery(way, secret)
            .filter(found -> !recipients.isOver(found))
            .filter(found -> found.recipient().receipt().isPresent())
            .orElseThrow(() -> new NotFound("document of a recipient's link"));
    var contract = delivery.contract();
    var file = file(contract);
    record.note(
        Recipients.actor(delivery.recipient()),
        "document.downloaded",
        contract.id().value(),
        request.getRemoteAddr(),
        Map.of("document", file.hex(), "kind", "contract", "userAgent", UserAgent.of(request)));
    var bytes = transaction.execute(_ -> vault.with(file, ReceiptController::read));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_PDF)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(
                    FileName.plain(contract.number() + "_" + contract.title()) + ".pdf",
                    StandardCharsets.UTF_8)
                .build()
                .toString())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.noStore())
        .body(bytes);
  }

  private ModelAndView page(Recipients.Delivery delivery, String path) {
    var contract = delivery.contract();
    var recipient = delivery.recipient();
    var facts = new ArrayList<Fact>();
    facts.add(Fact.of("receipt.fact.to", recipient.entered().signature()));
    facts.add(Fact.of("receipt.fact.from", letters.sender(contract)));
    facts.add(Fact.of("receipt.fact.title", contract.title()));
    facts.add(Fact.of("receipt.fact.number", contract.number()));
    facts.add(Fact.of("receipt.fact.at", time(contract.concludedAt().orElseThrow())));
    recipient
        .receipt()
        .ifPresent(receipt -> facts.add(Fact.of("receipt.fact.received", time(receipt.at()))));
    return outside
        .frame("recipient/receipt")
        .addObject("path", path)
        .addObject("facts", List.copyOf(facts))
        .addObject("received", recipient.receipt().isPresent())
        .addObject("alone", contract.isSignedByBodyAlone())
        .addObject("sha256", file(contract).hex())
        .addObject("until", time(recipient.link().orElseThrow().expiresAt()))
        .addObject("contact", contacts.shown(contract.sectionId()));
  }

  private Sha256 file(Particulars contract) {
    return newest.of(contract.id(), contract.finalFile().orElseThrow());
  }

  private Optional<Recipients.Delivery> delivery(String way, String secret) {
    if (Tenancy.current().isEmpty()) {
      return Optional.empty();
    }
    try {
      return recipients.find(UUID.fromString(way), secret);
    } catch (IllegalArgumentException notAKey) {
      return Optional.empty();
    }
  }

  /** In the language somebody has chosen to read in. */
  private static String time(Instant at) {
    return LocaleContextHolder.getLocale().getLanguage().equals("en")
        ? ENGLISH_TIME.format(at.atZone(JapaneseDates.ZONE))
        : JapaneseDates.time(at);
  }

  private static byte[] read(java.nio.file.Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
