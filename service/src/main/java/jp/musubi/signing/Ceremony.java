package jp.musubi.signing;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.musubi.contract.Agreement;
import jp.musubi.contract.Contracts;
import jp.musubi.contract.Decision;
import jp.musubi.contract.Delegate;
import jp.musubi.contract.Identification;
import jp.musubi.contract.OwnSignature;
import jp.musubi.contract.Refusal;
import jp.musubi.evidence.AccessRecord;
import jp.musubi.means.RegisteredMeans;
import jp.musubi.platform.Idempotency;
import jp.musubi.seal.Sha256;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 署名手続. What a counterparty does by its link; each step with its record or not at all. */
@Service
@Transactional
class Ceremony {
  private final LinkStore links;
  private final StoredAccessCodes codes;
  private final RegisteredMeans means;
  private final Contracts contracts;
  private final VisitRecord record;
  private final AccessRecord looks;
  private final Idempotency idempotency;
  private final Clock clock;

  Ceremony(
      LinkStore links,
      StoredAccessCodes codes,
      RegisteredMeans means,
      Contracts contracts,
      VisitRecord record,
      AccessRecord looks,
      Idempotency idempotency,
      Clock clock) {
    this.links = links;
    this.codes = codes;
    this.means = means;
    this.contracts = contracts;
    this.record = record;
    this.looks = looks;
    this.idempotency = idempotency;
    this.clock = clock;
  }

  /** What a link leads to; dead links lead somewhere too, for the page that explains. */
  @Transactional(readOnly = true)
  public Optional<Visit> find(UUID link) {
    return links
        .find(link)
        .map(found -> {
          var contract = contracts.get(found.contract());
          var party =
              contract.parties().stream()
                  .filter(each -> each.id().equals(found.party()))
                  .findFirst()
                  .orElseThrow();
          var agreements = contracts.agreements(found.contract());
          var agreed = agreements.stream().anyMatch(each -> each.party().equals(party.id()));
          var way =
              codes
                  .asked(party.id())
                  .map(StoredAccessCodes.Asked::way)
                  .orElse(Identification.Way.MAIL);
          return new Visit(
              found,
              contract,
              party,
              agreements,
              Standing.of(contract, agreed, clock.instant()),
              way,
              Optional.ofNullable(party.mail()).flatMap(mail -> means.live(mail, way)));
        });
  }

  /** Somebody has shown the link's secret by pressing the button. */
  public void enter(Visit visit, Visitor visitor) {
    links.accessed(visit.link().id(), clock.instant());
    record.note(visit, visitor, "link.accessed", Map.of("factor", "MAIL_LINK"));
  }

  /** The document was opened for reading. */
  public void opened(Visit visit, Visitor visitor, Sha256 document) {
    record.note(visit, visitor, "document.viewed", Map.of("document", document.hex()));
  }

  /** One page was shown, as a picture or as text. */
  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  public void pageOpened(Visit visit, Visitor visitor, Sha256 document, int page) {
    looks.note(
        visit.actor(),
        "document.page-viewed",
        visit.contract().id().value(),
        visitor.clientIp(),
        Map.of(
            "document",
            document.hex(),
            "link",
            visit.link().id().toString(),
            "page",
            Integer.toString(page),
            "userAgent",
            visitor.userAgent()));
  }

  /** Every page was handed over, to somebody who came by this link. */
  public void readToEnd(Visit visit, Visitor visitor, Sha256 document) {
    if (links.readToEnd(visit.link().id(), clock.instant())) {
      record.note(
          visit,
          visitor,
          "document.read-to-end",
          Map.of("document", document.hex(), "pages", Integer.toString(visit.contract().pages())));
    }
  }

  /** A file was taken away. */
  public void downloaded(Visit visit, Visitor visitor, String kind, Sha256 file) {
    record.note(
        visit, visitor, "document.downloaded", Map.of("kind", kind, "document", file.hex()));
  }

  /**
   * 同意. The same form sent again, at once or later, gets the answer of the first.
   *
   * @param proof what the party's passkey signed for it, as the record keeps it; empty without one
   * @return empty when the party has agreed, now or before; else why it could not
   */
  public Optional<String> agree(
      Visit visit,
      String key,
      Sha256 shown,
      Visitor visitor,
      Declaration declaration,
      Map<String, String> proof) {
    var asked = request("agree", visit.link().id(), shown.hex());
    var manner = visit.manner(visitor, declaration.text());
    return once(
        key,
        asked,
        () -> {
          var decision =
              contracts.agree(visit.contract().id(), visit.party(), shown, visit.actor(), manner);
          if (decision instanceof Decision.Accepted && !proof.isEmpty()) {
            record.note(visit, visitor, "link.passkey-signed", proof);
          }
          if (decision instanceof Decision.Accepted) {
            record.note(
                visit,
                visitor,
                "link.wording-agreed",
                Map.of("language", declaration.language(), "sha256", declaration.digest().hex()));
          }
          return decision;
        });
  }

  /**
   * 当事者型: takes a party's own signature that was found sound.
   *
   * @return empty when it stands in the file; else why it does not
   */
  public Optional<String> handIn(Visit visit, String key, OwnSignature own, Visitor visitor) {
    return once(
        key,
        request("own-signature", visit.link().id(), own.handed().hex()),
        () -> {
          var decision =
              contracts.handIn(
                  visit.contract().id(),
                  visit.party(),
                  own,
                  visit.actor(),
                  visit.manner(visitor, ""));
          if (decision instanceof Decision.Accepted) {
            record.note(
                visit,
                visitor,
                "link.own-signature-taken",
                Map.of(
                    "holder",
                    own.holder(),
                    "issuer",
                    own.issuer(),
                    "serial",
                    own.serial(),
                    "handed",
                    own.handed().hex(),
                    "document",
                    own.file().hex()));
          }
          return decision;
        });
  }

  /**
   * 当事者型: the party takes its own signature back.
   *
   * @return empty when the file is as it was given; else why it is not
   */
  public Optional<String> takeBack(Visit visit, String key, Visitor visitor) {
    return once(
        key,
        request("own-signature-back", visit.link().id(), ""),
        () ->
            contracts.takeBack(
                visit.contract().id(), visit.party(), visit.actor(), visit.manner(visitor, "")));
  }

  /**
   * 辞退.
   *
   * @return empty when the party has declined; else why it could not
   */
  public Optional<String> decline(Visit visit, String key, String reason, Agreement.Manner manner) {
    return once(
        key,
        request("decline", visit.link().id(), reason),
        () ->
            contracts.decline(visit.contract().id(), visit.party(), reason, visit.actor(), manner));
  }

  /**
   * 差戻し.
   *
   * @return empty when the party has sent the contract back; else why it could not
   */
  public Optional<String> sendBack(
      Visit visit, String key, String reason, Agreement.Manner manner) {
    return once(
        key,
        request("return", visit.link().id(), reason),
        () ->
            contracts.sendBack(
                visit.contract().id(), visit.party(), reason, visit.actor(), manner));
  }

  /**
   * 転送.
   *
   * @param phone of the other person, where numbers go by SMS
   * @return empty when somebody else decides now; else why not
   */
  public Optional<String> delegate(
      Visit visit, String key, Delegate to, Optional<String> phone, Agreement.Manner manner) {
    return once(
        key,
        request("delegate", visit.link().id(), to + phone.orElse("")),
        () -> {
          var decision =
              contracts.delegate(visit.contract().id(), visit.party(), to, visit.actor(), manner);
          if (decision instanceof Decision.Accepted) {
            phone.ifPresent(number -> codes.redirect(visit.party().id(), number));
          }
          return decision;
        });
  }

  private Optional<String> once(String key, String request, Supplier<Decision> step) {
    var answer = idempotency.once(key, request, () -> answer(step.get()));
    return answer.equals(DONE) ? Optional.empty() : Optional.of(answer);
  }

  private static final String DONE = "done";

  private static String answer(Decision decision) {
    return switch (decision) {
      case Decision.Accepted _ -> DONE;
      case Decision.Refused(var reason) ->
          switch (reason) {
            case Refusal.AlreadyAgreed _ -> DONE;
            case Refusal.DocumentChanged _ -> "changed";
            case Refusal.DeadlinePassed _ -> "deadline";
            case Refusal.SealPending _ -> "pending";
            case Refusal.DelegatedTooOften _ -> "often";
            case Refusal.NamedInMandate _ -> "mandate";
            case Refusal.ConsentMissing _,
                Refusal.DomainDenied _,
                Refusal.NotYourTurn _,
                Refusal.NotInThisState _,
                Refusal.NotElectronic _,
                Refusal.IdentificationTooWeak _,
                Refusal.IdentificationNotPossible _,
                Refusal.NotYetDue _,
                Refusal.UnfitRelease _,
                Refusal.UnfitOriginal _,
                Refusal.SameDocument _,
                Refusal.LayoutUnseen _,
                Refusal.NotArchival _,
                Refusal.SetNotBound _,
                Refusal.SetNotPrepared _,
                Refusal.InputsMissing _,
                Refusal.InputsUnfit _,
                Refusal.SubmissionsMissing _,
                Refusal.MarksUnfit _,
                Refusal.MandateMissing _,
                Refusal.OwnSignatureNotAlone _,
                Refusal.OwnSignatureNotPossible _,
                Refusal.OwnSignatureMissing _,
                Refusal.OwnSignatureNotAsked _,
                Refusal.PartiesIncomplete _,
                Refusal.SealNotAwaited _,
                Refusal.OfficeNotHeld _,
                Refusal.UnderApproval _,
                Refusal.ApprovalMissing _,
                Refusal.ApprovalOutdated _,
                Refusal.NoApprovalRoute _ ->
                "closed";
          };
    };
  }

  private static String request(String step, UUID link, String what) {
    return "%s %s %s".formatted(step, link, what);
  }
}
