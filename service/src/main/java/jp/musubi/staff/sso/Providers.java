package jp.musubi.staff.sso;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.musubi.evidence.AuditTrail;
import jp.musubi.organisation.Body;
import jp.musubi.platform.Tenancy;
import jp.musubi.platform.openid.OpenIdClient;
import jp.musubi.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** 団体のIDの設定. What an administrator does with the body's providers. */
@Service
class Providers {
  private final ProviderStore store;
  private final Oidc oidc;
  private final OwnAddresses addresses;
  private final AuditTrail audit;
  private final TransactionTemplate transaction;
  private final Clock clock;

  Providers(
      ProviderStore store,
      Oidc oidc,
      OwnAddresses addresses,
      AuditTrail audit,
      TransactionTemplate transaction,
      Clock clock) {
    this.store = store;
    this.oidc = oidc;
    this.addresses = addresses;
    this.audit = audit;
    this.transaction = transaction;
    this.clock = clock;
  }

  /**
   * An OIDC provider as an administrator enters it.
   *
   * @param secret empty: the one before stays
   */
  record NewOidc(String issuer, String clientId, String secret, Provider.Rules rules) {}

  /** What became of the settings. */
  sealed interface Saved {
    /** They stand. */
    record Done() implements Saved {}

    /** There is no secret, neither entered nor from before. */
    record NoSecret() implements Saved {}

    /** The provider could not be asked. */
    record Failed(Refusal reason) implements Saved {}
  }

  Optional<Provider> find(Provider.Kind kind) {
    return Objects.requireNonNull(transaction.execute(_ -> store.find(kind)));
  }

  /**
   * Sets an OIDC provider up, after asking it where its endpoints lie. Where what was tried has
   * changed, it has to be tried anew, and is out of use until then.
   */
  Saved save(NewOidc entered, StaffMember admin, String ip) {
    var before = find(Provider.Kind.OIDC);
    var kept =
        before
            .map(Provider::protocol)
            .filter(Provider.Protocol.Oidc.class::isInstance)
            .map(Provider.Protocol.Oidc.class::cast);
    var secret =
        entered.secret().isEmpty()
            ? kept.filter(old -> old.issuer().equals(entered.issuer()))
                .map(Provider.Protocol.Oidc::secret)
            : Optional.of(new Secret(entered.secret()));
    if (secret.isEmpty()) {
      return new Saved.NoSecret();
    }
    OpenIdClient.Endpoints found;
    try {
      found = oidc.discover(entered.issuer());
    } catch (ProviderFailure e) {
      return new Saved.Failed(e.refusal());
    }
    var settings =
        new Provider.Protocol.Oidc(
            entered.issuer(),
            entered.clientId(),
            secret.get(),
            found.authorization(),
            found.token(),
            found.keys());
    var same = entered.secret().isEmpty() && kept.filter(settings::speaksAs).isPresent();
    transaction.executeWithoutResult(_ -> {
      store.save(
          new Provider(
              settings,
              entered.rules(),
              same && before.get().inUse(),
              clock.instant(),
              same ? before.get().tested() : null));
      record(
          admin,
          "sso.provider-changed",
          ip,
          Map.of(
              "kind", "OIDC",
              "issuer", settings.issuer(),
              "clientId", settings.clientId(),
              "secret", entered.secret().isEmpty() ? "kept" : "new",
              "strong", entered.rules().strong().stream().sorted().collect(Collectors.joining(" ")),
              "linksByMail", String.valueOf(entered.rules().linksByMail()),
              "registers", String.valueOf(entered.rules().section()),
              "groups", entered.rules().claims().groups(),
              "hosts", String.join(" ", hosts(settings))));
    });
    return new Saved.Done();
  }

  /**
   * A SAML provider as an administrator enters it.
   *
   * @param subjectAttribute which attribute is the person; null: the persistent NameID
   * @param signed whether our requests are to be signed
   */
  record NewSaml(
      String issuer,
      URI address,
      List<X509Certificate> certificates,
      @Nullable String subjectAttribute,
      boolean signed,
      Provider.Rules rules) {}

  /** Sets a SAML provider up; as with OIDC, what was not tried is out of use until it is. */
  void save(NewSaml entered, StaffMember admin, String ip) {
    // Made before the transaction: it takes its time.
    var fresh = entered.signed() ? RequestKey.make(clock.instant()) : null;
    transaction.executeWithoutResult(_ -> {
      var before = store.find(Provider.Kind.SAML);
      var kept =
          before
              .map(Provider::protocol)
              .filter(Provider.Protocol.Saml.class::isInstance)
              .map(Provider.Protocol.Saml.class::cast);
      var key = fresh == null ? null : kept.map(Provider.Protocol.Saml::requestKey).orElse(fresh);
      var settings =
          new Provider.Protocol.Saml(
              entered.issuer(),
              entered.address(),
              entered.certificates(),
              entered.subjectAttribute(),
              key);
      var same = kept.filter(settings::speaksAs).isPresent();
      store.save(
          new Provider(
              settings,
              entered.rules(),
              same && before.get().inUse(),
              clock.instant(),
              same ? before.get().tested() : null));
      record(admin, "sso.provider-changed", ip, facts(settings, entered.rules()));
    });
  }

  private static Map<String, String> facts(Provider.Protocol.Saml saml, Provider.Rules rules) {
    return Map.of(
        "kind", "SAML",
        "issuer", saml.issuer(),
        "address", saml.address().toString(),
        "certificates",
            saml.certificates().stream()
                .map(SigningCertificates::fingerprint)
                .collect(Collectors.joining(" ")),
        "subject", saml.subjectAttribute() == null ? "NameID" : saml.subjectAttribute(),
        "signed", String.valueOf(saml.requestKey() != null),
        "strong", rules.strong().stream().sorted().collect(Collectors.joining(" ")),
        "linksByMail", String.valueOf(rules.linksByMail()),
        "registers", String.valueOf(rules.section()),
        "groups", rules.claims().groups());
  }

  /** Our metadata for the SAML provider of a body. */
  byte[] metadata(Body body) {
    var protocol =
        Tenancy.in(body.id(), () -> find(Provider.Kind.SAML)).map(Provider::protocol).orElse(null);
    return SamlMetadata.ours(
        addresses.entityId(body),
        addresses.backs(body, Provider.Kind.SAML),
        protocol instanceof Provider.Protocol.Saml saml ? saml : null);
  }

  /** The hosts that the service calls for a provider. */
  static Set<String> hosts(Provider.Protocol protocol) {
    return switch (protocol) {
      case Provider.Protocol.Oidc oidc ->
          Stream.of(oidc.authorization(), oidc.token(), oidc.keys())
              .map(URI::getHost)
              .collect(Collectors.toCollection(TreeSet::new));
      // The browser goes there; the service itself calls nobody.
      case Provider.Protocol.Saml _ -> Set.of();
    };
  }

  /** Begins or ends its use; false when there is no tested provider of this kind. */
  boolean use(Provider.Kind kind, boolean use, StaffMember admin, String ip) {
    return Objects.requireNonNull(
        transaction.execute(_ -> {
          var done = store.use(kind, use);
          if (done) {
            record(
                admin,
                use ? "sso.provider-in-use" : "sso.provider-out-of-use",
                ip,
                Map.of("kind", kind.name()));
          }
          return done;
        }));
  }

  /** Forgets the settings. Who is linked with its subjects stays on record. */
  void remove(Provider.Kind kind, StaffMember admin, String ip) {
    transaction.executeWithoutResult(_ -> {
      store.remove(kind);
      record(admin, "sso.provider-removed", ip, Map.of("kind", kind.name()));
    });
  }

  private void record(
      StaffMember admin, String action, @Nullable String ip, Map<String, String> facts) {
    audit.record(admin.actor(), action, null, ip, facts);
  }
}
