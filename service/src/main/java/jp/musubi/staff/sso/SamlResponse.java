package jp.musubi.staff.sso;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * SAML 2.0, web browser single sign-on, begun by us only: is a response the answer to our request,
 * and what does it say? Pure. Of the assertion, only what was signed is read.
 */
final class SamlResponse {
  /** How far the two clocks may be apart. */
  static final Duration SKEW = Duration.ofSeconds(60);

  /** An assertion is taken at once; one that lasts longer is kept by somebody. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");
  private static final int LONGEST_SUBJECT = 500;
  private static final Set<String> CONDITIONS =
      Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");

  private SamlResponse() {}

  /**
   * What an answer has to fit.
   *
   * @param request the ID of our request
   * @param acs where answers of this body arrive
   * @param audience what we call ourselves for this body
   */
  record Expected(String request, String acs, String audience, Instant now) {}

  /**
   * An answer that holds.
   *
   * @param assertion its ID, which comes once
   * @param until when nobody takes it any more
   */
  record Told(Arrival arrival, String assertion, Instant until) {}

  /**
   * Reads a response.
   *
   * @throws ProviderFailure if anything about it does not hold
   */
  static Told read(
      byte[] response, Provider.Protocol.Saml provider, Provider.Claims claims, Expected expected)
      throws ProviderFailure {
    var document = SecureXml.parse(response);
    outside(document.getDocumentElement(), provider, expected);
    var assertion = SignedAssertion.of(document, provider.certificates());
    demand("2.0".equals(assertion.getAttribute("Version")), "version of the assertion");
    demand(text(assertion, "Issuer").equals(provider.issuer()), "another issuer of the assertion");
    var subject = SecureXml.only(assertion, SamlNames.ASSERTION, "Subject");
    var until = confirmed(subject, expected);
    conditions(SecureXml.only(assertion, SamlNames.ASSERTION, "Conditions"), expected);
    return new Told(
        arrival(assertion, subject, provider, claims, expected),
        assertion.getAttribute("ID"),
        until.plus(SKEW));
  }

  /** What stands around the assertion; often not signed, and no ground for anything. */
  private static void outside(Element root, Provider.Protocol.Saml provider, Expected expected)
      throws ProviderFailure {
    demand(SecureXml.is(root, SamlNames.PROTOCOL, "Response"), "not a response");
    demand("2.0".equals(root.getAttribute("Version")), "version of the response");
    demand(root.getAttribute("Destination").equals(expected.acs()), "another destination");
    demand(root.getAttribute("InResponseTo").equals(expected.request()), "answers another request");
    for (var issuer : SecureXml.children(root, SamlNames.ASSERTION, "Issuer")) {
      demand(SecureXml.text(issuer).equals(provider.issuer()), "another issuer of the response");
    }
    var status = SecureXml.only(root, SamlNames.PROTOCOL, "Status");
    var code = SecureXml.only(status, SamlNames.PROTOCOL, "StatusCode").getAttribute("Value");
    if (!code.equals(SamlNames.SUCCESS)) {
      throw new ProviderFailure(Refusal.BROKEN_OFF, "the provider reports no success");
    }
  }

  /** SAML profiles, 4.1.4.2 and 4.1.4.3: the bearer, here, now, for our request. */
  private static Instant confirmed(Element subject, Expected expected) throws ProviderFailure {
    var why = "nobody confirms the subject as its bearer";
    for (var confirmation :
        SecureXml.children(subject, SamlNames.ASSERTION, "SubjectConfirmation")) {
      var data = SecureXml.maybe(confirmation, SamlNames.ASSERTION, "SubjectConfirmationData");
      if (confirmation.getAttribute("Method").equals(SamlNames.BEARER) && data.isPresent()) {
        var wrong = wrong(data.get(), expected);
        if (wrong == null) {
          return required(data.get(), "NotOnOrAfter");
        }
        why = wrong;
      }
    }
    throw failure(why);
  }

  private static @Nullable String wrong(Element data, Expected expected) throws ProviderFailure {
    var until = instant(data, "NotOnOrAfter");
    if (until == null || !until.plus(SKEW).isAfter(expected.now())) {
      return "the subject is confirmed no longer";
    }
    if (until.isAfter(expected.now().plus(LONGEST))) {
      return "the subject is confirmed for days";
    }
    if (data.hasAttribute("NotBefore")) {
      return "a bearer who is confirmed from a time on";
    }
    if (!data.getAttribute("Recipient").equals(expected.acs())) {
      return "the subject is confirmed to another recipient";
    }
    return data.getAttribute("InResponseTo").equals(expected.request())
        ? null
        : "the subject is confirmed for another request";
  }

  private static void conditions(Element conditions, Expected expected) throws ProviderFailure {
    var from = instant(conditions, "NotBefore");
    var until = instant(conditions, "NotOnOrAfter");
    demand(from == null || !from.minus(SKEW).isAfter(expected.now()), "not valid yet");
    demand(until == null || until.plus(SKEW).isAfter(expected.now()), "valid no longer");
    for (var node = conditions.getFirstChild(); node != null; node = node.getNextSibling()) {
      demand(
          !(node instanceof Element) || CONDITIONS.contains(node.getLocalName()),
          "a condition that nobody here knows");
    }
    var restrictions = SecureXml.children(conditions, SamlNames.ASSERTION, "AudienceRestriction");
    demand(!restrictions.isEmpty(), "for any audience");
    for (var restriction : restrictions) {
      demand(
          SecureXml.children(restriction, SamlNames.ASSERTION, "Audience").stream()
              .anyMatch(audience -> SecureXml.text(audience).equals(expected.audience())),
          "for another audience");
    }
  }

  private static Arrival arrival(
      Element assertion,
      Element subject,
      Provider.Protocol.Saml provider,
      Provider.Claims claims,
      Expected expected)
      throws ProviderFailure {
    var statement = SecureXml.only(assertion, SamlNames.ASSERTION, "AuthnStatement");
    var ends = instant(statement, "SessionNotOnOrAfter");
    demand(ends == null || ends.plus(SKEW).isAfter(expected.now()), "the session has ended");
    var authenticated = required(statement, "AuthnInstant");
    demand(!authenticated.minus(SKEW).isAfter(expected.now()), "authenticated in the future");
    var said = new ArrayList<String>();
    for (var context : SecureXml.children(statement, SamlNames.ASSERTION, "AuthnContext")) {
      SecureXml.children(context, SamlNames.ASSERTION, "AuthnContextClassRef").stream()
          .map(SecureXml::text)
          .forEach(said::add);
    }
    return new Arrival(
        Provider.Kind.SAML,
        provider.issuer(),
        subject(assertion, subject, provider, expected),
        attribute(assertion, claims.login()),
        attribute(assertion, claims.name()),
        attribute(assertion, claims.mail()),
        // SAML has no word for it: where the body links by addresses at all, it has said that only
        // its administrators change them.
        true,
        claims.groups().isEmpty() ? List.of() : attributes(assertion, claims.groups()),
        said,
        authenticated);
  }

  /** Who it is; with where it stands, so that one never passes for the other. */
  private static String subject(
      Element assertion, Element subject, Provider.Protocol.Saml provider, Expected expected)
      throws ProviderFailure {
    var name = provider.subjectAttribute();
    var value = name == null ? nameId(subject, provider, expected) : attribute(assertion, name);
    if (value.isEmpty()) {
      throw new ProviderFailure(Refusal.NO_SUBJECT, "nothing tells who it is");
    }
    var whole = (name == null ? "NameID" : name) + "=" + value;
    demand(whole.length() <= LONGEST_SUBJECT, "a subject that is too long");
    return whole;
  }

  private static String nameId(Element subject, Provider.Protocol.Saml provider, Expected expected)
      throws ProviderFailure {
    var name = SecureXml.maybe(subject, SamlNames.ASSERTION, "NameID");
    if (name.isEmpty() || !name.get().getAttribute("Format").equals(SamlNames.PERSISTENT)) {
      throw new ProviderFailure(Refusal.NO_SUBJECT, "no persistent NameID");
    }
    var by = name.get().getAttribute("NameQualifier");
    var towards = name.get().getAttribute("SPNameQualifier");
    demand(by.isEmpty() || by.equals(provider.issuer()), "a name by another provider");
    demand(towards.isEmpty() || towards.equals(expected.audience()), "a name for another service");
    return SecureXml.text(name.get());
  }

  /** The value of an attribute that is there exactly once, with one value. */
  private static String attribute(Element assertion, String name) {
    var found =
        SecureXml.children(assertion, SamlNames.ASSERTION, "AttributeStatement").stream()
            .flatMap(statement ->
                SecureXml.children(statement, SamlNames.ASSERTION, "Attribute").stream())
            .filter(attribute -> attribute.getAttribute("Name").equals(name))
            .toList();
    return found.size() == 1
        ? SecureXml.maybe(found.getFirst(), SamlNames.ASSERTION, "AttributeValue")
            .map(SecureXml::text)
            .orElse("")
        : "";
  }

  /** All values of an attribute. */
  private static List<String> attributes(Element assertion, String name) {
    return SecureXml.children(assertion, SamlNames.ASSERTION, "AttributeStatement").stream()
        .flatMap(
            statement -> SecureXml.children(statement, SamlNames.ASSERTION, "Attribute").stream())
        .filter(attribute -> attribute.getAttribute("Name").equals(name))
        .flatMap(attribute ->
            SecureXml.children(attribute, SamlNames.ASSERTION, "AttributeValue").stream())
        .map(SecureXml::text)
        .limit(Arrival.MOST_GROUPS)
        .toList();
  }

  private static String text(Element parent, String name) throws ProviderFailure {
    return SecureXml.text(SecureXml.only(parent, SamlNames.ASSERTION, name));
  }

  private static Instant required(Element element, String attribute) throws ProviderFailure {
    var time = instant(element, attribute);
    if (time == null) {
      throw failure("no " + attribute);
    }
    return time;
  }

  private static @Nullable Instant instant(Element element, String attribute)
      throws ProviderFailure {
    if (!element.hasAttribute(attribute)) {
      return null;
    }
    try {
      var time = Instant.parse(element.getAttribute(attribute));
      demand(time.isAfter(Instant.EPOCH) && time.isBefore(NEVER), attribute + " is no such time");
      return time;
    } catch (DateTimeParseException e) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, attribute + " is no time", e);
    }
  }

  private static void demand(boolean holds, String what) throws ProviderFailure {
    if (!holds) {
      throw failure(what);
    }
  }

  private static ProviderFailure failure(String why) {
    return new ProviderFailure(Refusal.NOT_GENUINE, why);
  }
}
