package jp.musubi.means;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.contract.ContractId;
import jp.musubi.contract.Identification;
import jp.musubi.contract.PartyId;
import jp.musubi.evidence.Actor;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.platform.secrets.AppCodes;
import jp.musubi.platform.secrets.AppSecret;
import jp.musubi.platform.web.Entrances;
import jp.musubi.platform.web.RelyingParties;
import jp.musubi.seal.Sha256;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 登録された手段 of the current body's counterparties: how they come to be, are shown, and end. That
 * somebody may register one, after a code by another way than mail, is the caller's to make sure.
 */
@Service
@Transactional
public class RegisteredMeans {
  private final MeansStore store;
  private final PasskeyRows passkeys;
  private final MeansLetters letters;
  private final AuditTrail audit;
  private final RelyingParties parties;
  // Counterparties come by the public name alone.
  private final String host;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  RegisteredMeans(
      MeansStore store,
      PasskeyRows passkeys,
      MeansLetters letters,
      AuditTrail audit,
      Entrances entrances,
      Clock clock) {
    this.store = store;
    this.passkeys = passkeys;
    this.letters = letters;
    this.audit = audit;
    this.host = entrances.internet().host();
    this.parties = new RelyingParties(entrances, passkeys);
    this.clock = clock;
  }

  /** What an address has registered and can be asked for where this way is wanted. */
  @Transactional(readOnly = true)
  public Optional<Means> live(String mail, Identification.Way way) {
    return Means.Kind.of(way)
        .flatMap(kind -> store.live(mail, kind, host))
        .filter(means -> means.serves(way));
  }

  /** All that these addresses have registered. */
  @Transactional(readOnly = true)
  public List<Means> live(List<String> mails) {
    return store.live(mails);
  }

  /** Makes something to register; whatever was proposed to the party before is void. */
  public void propose(Holder holder, Means.Kind kind) {
    store.withdraw(holder.party());
    byte @Nullable [] secret = null;
    if (kind == Means.Kind.TOTP) {
      secret = new byte[AppCodes.SECRET_BYTES];
      random.nextBytes(secret);
    }
    store.propose(UUID.randomUUID(), holder, kind, secret);
  }

  /** The secret of the app that waits for its first code. */
  public Optional<AppSecret> proposedApp(PartyId party, String mail) {
    return store
        .proposed(party, mail, Means.Kind.TOTP)
        .flatMap(store::lockApp)
        .map(MeansStore.App::secret);
  }

  /**
   * Registers the app that waits, if the code is of it.
   *
   * @param code as typed
   */
  public boolean registerApp(Holder holder, String code, Actor by, String ip) {
    store.hold(holder.mail());
    var proposed = store.proposed(holder.party(), holder.mail(), Means.Kind.TOTP);
    if (proposed.isEmpty()
        || live(holder.mail(), Identification.Way.TOTP).isPresent()
        || !showsApp(proposed.get(), code)) {
      return false;
    }
    store.register(proposed.get(), Optional.empty());
    registered(proposed.get(), holder, Means.Kind.TOTP, by, ip, Map.of());
    return true;
  }

  /** Whether the code is of the app now, and was not taken before; it is taken by that. */
  public boolean showsApp(UUID means, String code) {
    var app = store.lockApp(means);
    if (app.isEmpty()) {
      return false;
    }
    var plain = Normalizer.normalize(code, Normalizer.Form.NFKC).replaceAll("[^0-9]", "");
    var step = AppCodes.step(app.get().secret().bytes(), plain, app.get().taken(), clock.instant());
    step.ifPresent(taken -> store.take(means, taken));
    return step.isPresent();
  }

  /** What the browser is asked to make a passkey for, if one waits to be registered. */
  public Optional<PublicKeyCredentialCreationOptions> creation(PartyId party, String mail) {
    return store
        .proposed(party, mail, Means.Kind.PASSKEY)
        .map(means -> parties.creation(named(means), host));
  }

  /** Registers the passkey that waits, if the answer is one made for it. */
  public boolean registerPasskey(
      Holder holder,
      PublicKeyCredentialCreationOptions options,
      String answer,
      Actor by,
      String ip) {
    store.hold(holder.mail());
    var proposed = store.proposed(holder.party(), holder.mail(), Means.Kind.PASSKEY);
    if (proposed.isEmpty()
        || live(holder.mail(), Identification.Way.PASSKEY).isPresent()
        || !options.getUser().getId().equals(RelyingParties.handle(proposed.get()))
        || !parties.register(options, answer, holder.name())) {
      return false;
    }
    store.register(proposed.get(), Optional.empty());
    registered(
        proposed.get(),
        holder,
        Means.Kind.PASSKEY,
        by,
        ip,
        // With it anybody can check later what the passkey signed.
        Map.of("publicKey", new Bytes(passkeys.publicKey(proposed.get())).toBase64UrlString()));
    return true;
  }

  /**
   * Registers who signed in elsewhere, if that is awaited and counts for the way.
   *
   * @param way that was asked for
   */
  public boolean registerExternal(
      Holder holder, Identification.Way way, ExternalProvider.Person person, Actor by, String ip) {
    store.hold(holder.mail());
    var proposed = store.proposed(holder.party(), holder.mail(), Means.Kind.EXTERNAL_ID);
    if (proposed.isEmpty()
        || !person.provider().level().reaches(way.level())
        || live(holder.mail(), way).isPresent()) {
      return false;
    }
    store.register(proposed.get(), Optional.of(person));
    registered(proposed.get(), holder, Means.Kind.EXTERNAL_ID, by, ip, person.facts());
    return true;
  }

  /** Whether who signed in elsewhere is who was registered, and no other. */
  public boolean showsExternal(Means means, ExternalProvider.Person person) {
    var shown = store.isOf(means.id(), person);
    if (shown) {
      store.used(means.id());
    }
    return shown;
  }

  /**
   * What the browser is asked to sign with the passkey.
   *
   * @param challenge what the signature is to mean; at random where nothing is
   */
  @Transactional(readOnly = true)
  public PublicKeyCredentialRequestOptions request(Means means, Optional<Bytes> challenge) {
    var options = parties.request(named(means.id()), host);
    return challenge.map(over -> RelyingParties.over(options, over)).orElse(options);
  }

  /** What this passkey and no other answered; empty for everything else. */
  public Optional<RelyingParties.Shown> shown(
      Means means, PublicKeyCredentialRequestOptions options, String answer) {
    var shown =
        parties
            .shown(options, answer)
            .filter(found -> found.owner().equals(RelyingParties.handle(means.id())))
            .filter(RelyingParties.Shown::userVerified);
    shown.ifPresent(_ -> store.used(means.id()));
    return shown;
  }

  /** Options as the browser reads them. */
  public String json(Object options) {
    return parties.json(options);
  }

  /**
   * 無効にする: lost, changed or in the wrong hands. From now on it opens nothing.
   *
   * @param contract on whose page somebody of the body did it
   * @param reason and how the person was checked, as written
   * @return whether it was there to be ended
   */
  public boolean end(Means means, ContractId contract, String reason, StaffMember by, String ip) {
    if (!store.end(means.id(), by.id(), reason)) {
      return false;
    }
    audit.record(
        by.actor(),
        "means.ended",
        contract.value(),
        ip,
        Map.of(
            "means", means.id().toString(),
            "kind", means.kind().name(),
            "party", means.holder(),
            "reason", reason));
    letters.ended(means, contract);
    return true;
  }

  private void registered(
      UUID means,
      Holder holder,
      Means.Kind kind,
      Actor by,
      String ip,
      Map<String, String> particulars) {
    var details = new java.util.TreeMap<>(particulars);
    details.put("means", means.toString());
    details.put("kind", kind.name());
    details.put("party", holder.name());
    // The address in the chain could never be taken out again.
    details.put(
        "address",
        Sha256.of(Means.address(holder.mail()).getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .shortHex());
    audit.record(by, "means.registered", holder.contract().value(), ip, details);
    letters.registered(means, holder, kind);
  }

  private static Authentication named(UUID means) {
    return UsernamePasswordAuthenticationToken.authenticated(means.toString(), null, List.of());
  }
}
