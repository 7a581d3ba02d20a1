package jp.musubi.signing;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import jp.musubi.contract.Identification;
import jp.musubi.contract.Party;
import jp.musubi.means.ExternalIds;
import jp.musubi.means.ExternalProvider;
import jp.musubi.means.Means;
import jp.musubi.means.RegisteredMeans;
import jp.musubi.notification.Outbox;
import jp.musubi.notification.TextMessages;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.platform.web.RelyingParties;
import jp.musubi.seal.Sha256;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 本人確認. What a counterparty shows beside its link; each try with its record or not at all. */
@Service
@Transactional
class Identifying {
  private final StoredAccessCodes codes;
  private final OneTimeCodes numbers;
  private final RegisteredMeans means;
  private final ExternalIds externalIds;
  private final VisitRecord record;
  private final Outbox outbox;
  private final TextMessages texts;
  private final Letters letters;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  Identifying(
      StoredAccessCodes codes,
      OneTimeCodes numbers,
      RegisteredMeans means,
      ExternalIds externalIds,
      VisitRecord record,
      Outbox outbox,
      TextMessages texts,
      Letters letters,
      Clock clock) {
    this.codes = codes;
    this.numbers = numbers;
    this.means = means;
    this.externalIds = externalIds;
    this.record = record;
    this.outbox = outbox;
    this.texts = texts;
    this.letters = letters;
    this.clock = clock;
  }

  /** What is asked for beside the link. */
  @Transactional(readOnly = true)
  public StoredAccessCodes.Asked asked(Visit visit) {
    return codes.asked(visit.party().id()).orElseThrow();
  }

  /** Whether a number was sent that still lets somebody in. */
  @Transactional(readOnly = true)
  public boolean hasNumber(Visit visit) {
    return numbers.live(visit.party().id()).isPresent();
  }

  /**
   * Sends a number, unless one was sent a moment ago or too many were.
   *
   * @return when the next may be sent, if none was
   */
  public Optional<Instant> sendNumber(Visit visit, Visitor visitor) {
    var party = visit.party();
    var asked = codes.askedLocked(party.id()).orElseThrow();
    var now = clock.instant();
    var wait = CodePace.wait(numbers.madeSince(party.id(), now.minus(CodePace.SPAN)), now);
    if (wait.isPresent() || asked.triesLeft() == 0) {
      return Optional.of(wait.orElse(now));
    }
    var contract = visit.contract().id();
    if (asked.way() == Identification.Way.SMS_CODE) {
      var id = numbers.make(contract, party.id(), Optional.empty());
      texts.enqueue(id, contract.value(), asked.phone(), now.plus(OneTimeCodes.LIFE));
    } else {
      var mail = Objects.requireNonNull(party.mail());
      var id = numbers.make(contract, party.id(), Optional.of(mail));
      var letter = letters.number(visit.contract(), party, id);
      outbox.enqueue("number/" + id, contract.value(), mail, letter.subject(), letter.body());
    }
    record.note(visit, visitor, "link.number-sent", Map.of("way", asked.way().name()));
    return Optional.empty();
  }

  /**
   * Somebody gives the access code, the number, or a code of the registered app. The fifth wrong
   * one locks it, and the sender is told. A code of who has to register something opens nothing
   * yet: it makes something to register.
   */
  public CodeCheck tryCode(Visit visit, Visitor visitor, String code) {
    var check =
        visit.asks() == Visit.Ask.APP
            ? codes.check(
                visit.party().id(), _ -> means.showsApp(visit.means().orElseThrow().id(), code))
            : codes.check(visit.party().id(), code);
    note(visit, visitor, check);
    if (check instanceof CodeCheck.Passed && visit.registers()) {
      means.propose(visit.holder(), Means.Kind.of(visit.identification()).orElseThrow());
    }
    return check;
  }

  private void note(Visit visit, Visitor visitor, CodeCheck check) {
    switch (check) {
      case CodeCheck.Passed _ ->
          record.note(visit, visitor, "link.code-accepted", Map.of("asked", visit.asks().name()));
      case CodeCheck.Stale _ -> record.note(visit, visitor, "link.code-failed", Map.of());
      case CodeCheck.Wrong(var left) ->
          record.note(
              visit, visitor, "link.code-failed", Map.of("triesLeft", Integer.toString(left)));
      case CodeCheck.Locked(var justNow) -> {
        if (justNow) {
          record.note(visit, visitor, "link.code-failed", Map.of("triesLeft", "0"));
          record.note(visit, visitor, "link.locked", Map.of());
          tellSender(visit);
        }
      }
    }
  }

  /** The secret of the app that the visitor is to register, if one waits. */
  public Optional<AppSecret> proposedApp(Visit visit) {
    return means.proposedApp(visit.party().id(), visit.holder().mail());
  }

  /** Registers the app that waits, if the code is of it. */
  public boolean registerApp(Visit visit, Visitor visitor, String code) {
    return means.registerApp(visit.holder(), code, visit.actor(), visitor.clientIp());
  }

  /** What the browser is asked to make a passkey for, if one waits to be registered. */
  public Optional<PublicKeyCredentialCreationOptions> creation(Visit visit) {
    return means.creation(visit.party().id(), visit.holder().mail());
  }

  /** Registers the passkey that waits, if the answer is one made for it. */
  public boolean registerPasskey(
      Visit visit, Visitor visitor, PublicKeyCredentialCreationOptions options, String answer) {
    return means.registerPasskey(
        visit.holder(), options, answer, visit.actor(), visitor.clientIp());
  }

  /** What the registered passkey is asked to sign at the door. */
  @Transactional(readOnly = true)
  public PublicKeyCredentialRequestOptions request(Visit visit) {
    return means.request(visit.means().orElseThrow(), Optional.empty());
  }

  /** Whether the registered passkey, and no other, answered. */
  public boolean tryPasskey(
      Visit visit, Visitor visitor, PublicKeyCredentialRequestOptions options, String answer) {
    var shown =
        visit.means().flatMap(registered -> means.shown(registered, options, answer)).isPresent();
    record.note(
        visit,
        visitor,
        shown ? "link.code-accepted" : "link.code-failed",
        Map.of("asked", visit.asks().name()));
    return shown;
  }

  /** What the registered passkey is asked to sign for an agreement. */
  @Transactional(readOnly = true)
  public PasskeyAsked asked(Visit visit, Sha256 document, Sha256 wording) {
    var nonce = new byte[32];
    random.nextBytes(nonce);
    var said =
        new PasskeyAsked.Said(
            HexFormat.of().formatHex(nonce), visit.party().id(), document, wording);
    return new PasskeyAsked(
        said, means.request(visit.means().orElseThrow(), Optional.of(said.challenge())));
  }

  /**
   * What the registered passkey signed for an agreement, as the record keeps it: whoever has the
   * public key from the record of its registration can check it without us.
   *
   * @param document that is agreed to
   * @param wording that is said
   * @return empty if it signed nothing, or something else
   */
  public Map<String, String> signed(
      Visit visit, PasskeyAsked asked, Sha256 document, Sha256 wording, String answer) {
    if (!asked.said().isOf(visit.party().id(), document, wording)) {
      return Map.of();
    }
    return visit
        .means()
        .flatMap(registered -> means.shown(registered, asked.options(), answer))
        .map(shown -> proof(visit, asked.said(), shown))
        .orElse(Map.of());
  }

  private static Map<String, String> proof(
      Visit visit, PasskeyAsked.Said said, RelyingParties.Shown shown) {
    return Map.of(
        "means", visit.means().orElseThrow().id().toString(),
        "credential", Sha256.of(shown.credential().getBytes()).hex(),
        "counter", Long.toString(shown.counter()),
        "userVerified", Boolean.toString(shown.userVerified()),
        "document", said.document().hex(),
        "wording", said.wording().hex(),
        "nonce", said.nonce(),
        "authenticatorData", shown.authenticatorData().toBase64UrlString(),
        "clientData", shown.clientData().toBase64UrlString(),
        "signature", shown.signature().toBase64UrlString());
  }

  /** Where a visitor may sign in: where they are registered, or wherever it counts. */
  @Transactional(readOnly = true)
  public List<ExternalProvider> providers(Visit visit) {
    return visit
        .means()
        .flatMap(Means::external)
        .map(registered -> List.of(registered.provider()))
        .orElseGet(() -> externalIds.reaching(visit.identification().level()));
  }

  /**
   * Somebody signed in elsewhere: the first time they are registered, later they have to be the
   * same.
   *
   * @return why they are not let in, if they are not
   */
  public Optional<ExternalIds.Reason> showExternal(
      Visit visit, Visitor visitor, ExternalProvider.Person person) {
    if (visit.registers()) {
      return means.registerExternal(
              visit.holder(), visit.identification(), person, visit.actor(), visitor.clientIp())
          ? accepted(visit, visitor, person)
          : Optional.of(ExternalIds.Reason.OVERTAKEN);
    }
    return means.showsExternal(visit.means().orElseThrow(), person)
        ? accepted(visit, visitor, person)
        : Optional.of(ExternalIds.Reason.SOMEBODY_ELSE);
  }

  private Optional<ExternalIds.Reason> accepted(
      Visit visit, Visitor visitor, ExternalProvider.Person person) {
    record.note(visit, visitor, "link.id-accepted", person.facts());
    return Optional.empty();
  }

  /** Somebody was not let in by a provider's word, or there was none. */
  public void refusedExternal(
      Visit visit, Visitor visitor, ExternalProvider provider, ExternalIds.Return.Refused refused) {
    record.note(
        visit,
        visitor,
        "link.id-refused",
        Map.of(
            "provider", provider.name(),
            "reason", refused.reason().name(),
            "why", refused.why()));
  }

  /** Options as the browser reads them. */
  public String json(Object options) {
    return means.json(options);
  }

  private void tellSender(Visit visit) {
    var sender = visit.contract().parties(Party.Kind.SENDER).getFirst();
    if (sender.mail() == null) {
      throw new IllegalStateException("the sender of " + visit.contract().id() + " has no mail");
    }
    var now = clock.instant();
    var letter = letters.locked(visit.contract(), visit.party(), sender, now);
    outbox.enqueue(
        "locked/%s/%s/%d".formatted(visit.contract().id(), visit.party(), now.toEpochMilli()),
        visit.contract().id().value(),
        sender.mail(),
        letter.subject(),
        letter.body());
  }
}
