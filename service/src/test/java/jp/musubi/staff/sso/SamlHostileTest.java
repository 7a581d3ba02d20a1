package jp.musubi.staff.sso;

import static jp.musubi.staff.sso.SamlTestProvider.assertion;
import static jp.musubi.staff.sso.SamlTestProvider.base64;
import static jp.musubi.staff.sso.SamlTestProvider.child;
import static jp.musubi.staff.sso.SamlTestProvider.text;
import static jp.musubi.staff.sso.SamlVisit.SUBJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.spec.SecretKeySpec;
import jp.musubi.ServiceTest;
import jp.musubi.platform.openid.Tokens;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

@ServiceTest
@DisplayName("SAMLの敵意ある応答")
class SamlHostileTest {
  private static final SamlTestProvider PROVIDER = new SamlTestProvider();
  private static final SamlTestProvider ANOTHER = new SamlTestProvider();
  private static final String ADMIN = "the-administrator";

  @Autowired MockMvc web;
  @Autowired PasswordEncoder passwords;

  SamlVisit saml;

  @BeforeEach
  void useTheProvider() throws Exception {
    saml = new SamlVisit(web, passwords, PROVIDER);
    assertThat(saml.save("", "false", "").getRedirectedUrl()).isEqualTo("/settings/sso");
    saml.begin();
    saml.linkHanako();
  }

  /** Makes an answer of honest words. */
  private interface Forge {
    String answer(SamlTestProvider.Words honest) throws Exception;
  }

  /**
   * An answer that is refused.
   *
   * @param why what the record says of it
   */
  private record Case(Forge forge, String why) {}

  @Test
  @DisplayName("署名・包み替え・宛先・時刻・相手のどれかが違う応答は、すべて断り、理由を記録する")
  void areAllRefusedWithTheirReason() throws Exception {
    var wrong = new ArrayList<String>();
    for (var hostile : hostile().entrySet()) {
      var visit = new SsoVisit(web);
      var asked = saml.start(visit);
      var answer = hostile.getValue().forge().answer(asked.answer(SUBJECT));
      var status = saml.send(visit, asked.state(), base64(answer)).getStatus();
      if (status != 403 || visit.look("/account").getStatus() == 200) {
        wrong.add(hostile.getKey() + " was let in: " + status);
      } else if (!saml.refusal().contains(hostile.getValue().why())) {
        wrong.add(hostile.getKey() + ": " + saml.refusal());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(hostile()).hasSizeGreaterThanOrEqualTo(40);
    // A figure for the record; the line above is the check.
    System.out.println("measured: hostile SAML answers refused, " + hostile().size());
  }

  private Map<String, Case> hostile() {
    var all = new LinkedHashMap<String, Case>();
    wrapped(all);
    signatures(all);
    words(all);
    documents(all);
    return all;
  }

  private static void wrapped(Map<String, Case> all) {
    var many = "not exactly one assertion";
    add(
        all,
        "XSW1: the signed response inside the signature of a forged one",
        many,
        (forged, signed) ->
            put(child(assertion(forged), "Signature"), signed.getDocumentElement()));
    add(
        all,
        "XSW2: the signed response before a detached signature",
        many,
        (forged, signed) -> {
          var root = forged.getDocumentElement();
          root.insertBefore(
              forged.importNode(signed.getDocumentElement(), true), root.getLastChild());
        });
    add(
        all,
        "XSW3: a forged assertion before the signed one",
        many,
        (forged, signed) -> {
          drop(assertion(forged));
          put(forged.getDocumentElement(), assertion(signed));
        });
    add(
        all,
        "XSW4: the signed assertion inside a forged one",
        many,
        (forged, signed) -> {
          drop(assertion(forged));
          put(assertion(forged), assertion(signed));
        });
    add(
        all,
        "XSW5: the signature in a forged assertion, the signed one without it",
        many,
        (forged, signed) -> {
          drop(assertion(signed));
          put(forged.getDocumentElement(), assertion(signed));
        });
    add(
        all,
        "XSW6: the signed assertion inside the signature of a forged one",
        many,
        (forged, signed) -> {
          drop(assertion(signed));
          put(child(assertion(forged), "Signature"), assertion(signed));
        });
    add(
        all,
        "XSW7: a forged assertion in extensions",
        many,
        (forged, signed) -> {
          var extensions = forged.createElementNS(SamlNames.PROTOCOL, "samlp:Extensions");
          extensions.appendChild(assertion(forged));
          forged.getDocumentElement().appendChild(extensions);
          put(forged.getDocumentElement(), assertion(signed));
        });
    add(
        all,
        "XSW8: the signed assertion in an object of the signature",
        many,
        (forged, signed) -> {
          var object = forged.createElementNS(javax.xml.crypto.dsig.XMLSignature.XMLNS, "Object");
          drop(assertion(signed));
          put(object, assertion(signed));
          child(assertion(forged), "Signature").appendChild(object);
        });
    all.put(
        "two signed assertions",
        new Case(
            honest -> {
              var first = PROVIDER.signed(honest);
              honest.assertion = "_" + UUID.randomUUID();
              put(first.getDocumentElement(), assertion(PROVIDER.signed(honest)));
              return text(first);
            },
            many));
    all.put(
        "an assertion of another name space",
        new Case(
            honest ->
                text(PROVIDER.signed(honest))
                    .replace(
                        "</samlp:Response>", "<Assertion xmlns=\"\" ID=\"x\"/></samlp:Response>"),
            many));
    all.put(
        "something else signed, of another ID",
        new Case(
            honest -> {
              var forged = honest.unsigned();
              var other = forged.createElementNS(SamlNames.PROTOCOL, "samlp:Extensions");
              other.setAttribute("ID", "_other");
              forged.getDocumentElement().appendChild(other);
              SamlTestProvider.sign(
                  other,
                  other.appendChild(forged.createElement("x")),
                  PROVIDER.key(),
                  SamlTestProvider.RSA_SHA256,
                  SamlTestProvider.SHA256);
              assertion(forged)
                  .insertBefore(other.getFirstChild(), child(assertion(forged), "Subject"));
              return text(forged);
            },
            "over something else"));
    all.put(
        "two elements of one ID",
        new Case(
            honest ->
                text(PROVIDER.signed(honest))
                    .replace(
                        "</samlp:Response>",
                        "<samlp:Extensions ID=\"%s\"/></samlp:Response>"
                            .formatted(honest.assertion)),
            "two elements of one ID"));
  }

  private static void signatures(Map<String, Case> all) {
    all.put("no signature", new Case(honest -> text(honest.unsigned()), "is not signed"));
    all.put(
        "another key",
        new Case(honest -> text(ANOTHER.signed(honest)), "no certificate of the provider fits"));
    all.put(
        "SHA-1 in the signature",
        new Case(
            honest ->
                text(
                    PROVIDER.signed(
                        honest,
                        "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                        SamlTestProvider.SHA256)),
            "the signature cannot be read"));
    all.put(
        "SHA-1 in the digest",
        new Case(
            honest ->
                text(PROVIDER.signed(honest, SamlTestProvider.RSA_SHA256, SamlTestProvider.sha1())),
            "the signature cannot be read"));
    all.put(
        "the certificate as a shared key",
        new Case(
            honest -> {
              var forged = honest.unsigned();
              SamlTestProvider.sign(
                  assertion(forged),
                  child(assertion(forged), "Subject"),
                  new SecretKeySpec(
                      PROVIDER.certificate().getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                      "HmacSHA256"),
                  "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
                  SamlTestProvider.SHA256);
              return text(forged);
            },
            "a signature of another form"));
    all.put(
        "a word changed after signing",
        new Case(
            honest -> text(PROVIDER.signed(honest)).replace(SUBJECT, "subject-of-kanri"),
            "no certificate of the provider fits"));
    all.put(
        "only the response signed",
        new Case(honest -> text(aroundSigned(honest.unsigned(), PROVIDER)), "is not signed"));
    all.put(
        "the response signed by another key beside the assertion",
        new Case(
            honest -> text(aroundSigned(PROVIDER.signed(honest), ANOTHER)),
            "no certificate of the provider fits"));
    all.put(
        "a further signature somewhere",
        new Case(
            honest ->
                text(PROVIDER.signed(honest))
                    .replace(
                        "<samlp:Status>",
                        "<samlp:Status><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>"),
            "more signatures"));
    all.put(
        "an encrypted assertion",
        new Case(
            honest ->
                text(PROVIDER.signed(honest))
                    .replace("</samlp:Response>", "<saml:EncryptedAssertion/></samlp:Response>"),
            "ENCRYPTED"));
  }

  private static void words(Map<String, Case> all) {
    word(
        all,
        "another issuer",
        "another issuer of the assertion",
        it -> it.assertionIssuer = "https://evil.example");
    word(
        all,
        "another issuer of the response",
        "another issuer of the response",
        it -> it.issuer = "https://evil.example");
    word(
        all,
        "another destination",
        "another destination",
        it -> it.destination = it.destination.replace("/saml", "/oidc"));
    word(
        all, "another request", "answers another request", it -> it.request = "_" + Tokens.fresh());
    word(
        all, "no request: begun by the provider", "answers another request", it -> it.request = "");
    word(
        all,
        "another request of the subject",
        "confirmed for another request",
        it -> it.confirmedRequest = "_" + Tokens.fresh());
    word(
        all,
        "another recipient",
        "another recipient",
        it -> it.recipient = "https://evil.example/acs");
    word(
        all,
        "another audience",
        "for another audience",
        it -> it.audiences = SamlTestProvider.Words.audience("https://other.example"));
    word(all, "any audience", "for any audience", it -> it.audiences = "");
    word(
        all,
        "two restrictions, one of another audience",
        "for another audience",
        it -> it.audiences += SamlTestProvider.Words.audience("https://other.example"));
    word(
        all,
        "an unknown condition",
        "a condition that nobody here knows",
        it -> it.moreConditions = "<saml:Condition/>");
    word(
        all, "no longer valid", "valid no longer", it -> it.until = SamlTestProvider.Words.in(-70));
    word(all, "not valid yet", "not valid yet", it -> it.from = SamlTestProvider.Words.in(90));
    word(
        all,
        "confirmed no longer",
        "confirmed no longer",
        it -> it.confirmedUntil = SamlTestProvider.Words.in(-70));
    word(
        all,
        "confirmed for days",
        "confirmed for days",
        it -> it.confirmedUntil = SamlTestProvider.Words.in(100_000));
    word(
        all,
        "a holder of a key, no bearer",
        "as its bearer",
        it -> it.method = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key");
    word(
        all,
        "no success",
        "BROKEN_OFF",
        it -> it.status = "urn:oasis:names:tc:SAML:2.0:status:Responder");
    word(
        all,
        "a name for one session",
        "NO_SUBJECT",
        it -> it.format = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient");
    word(
        all,
        "an address as the name",
        "NO_SUBJECT",
        it -> it.format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress");
    word(all, "an empty name", "NO_SUBJECT", it -> it.subject = " ");
    word(
        all,
        "a name by another provider",
        "a name by another provider",
        it -> it.qualifiers = " NameQualifier=\"https://evil.example\"");
    word(
        all,
        "a name for another service",
        "a name for another service",
        it -> it.qualifiers = " SPNameQualifier=\"https://other.example\"");
    word(
        all,
        "authenticated in the future",
        "authenticated in the future",
        it -> it.authenticated = SamlTestProvider.Words.in(90));
    word(all, "an element in the name", "NO_SUBJECT", it -> it.subject = SUBJECT + "<x/>");
    word(all, "somebody unknown", "NOT_ADMITTED", it -> it.subject = "nobody");
  }

  private static void documents(Map<String, Case> all) {
    all.put(
        "a document type",
        new Case(honest -> "<!DOCTYPE x []>" + text(PROVIDER.signed(honest)), "not the XML"));
    all.put(
        "an entity",
        new Case(
            honest ->
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                    + text(PROVIDER.signed(honest)).replace(SUBJECT, "&e;"),
            "not the XML"));
    all.put(
        "entities of entities",
        new Case(
            honest ->
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>"
                    + text(PROVIDER.signed(honest)),
            "not the XML"));
    all.put(
        "huge",
        new Case(
            honest -> text(PROVIDER.signed(honest)) + " ".repeat(SecureXml.LARGEST), "more than"));
    all.put(
        "deep", new Case(honest -> "<a>".repeat(20_000) + "</a>".repeat(20_000), "not the XML"));
    all.put("nonsense", new Case(_ -> "<", "not the XML"));
    all.put(
        "another message",
        new Case(
            honest ->
                text(PROVIDER.signed(honest)).replace("samlp:Response", "samlp:LogoutResponse"),
            "not a response"));
    // The signature holds over a name without its comments: it is read whole, and is nobody's.
    all.put(
        "a comment in the name",
        new Case(
            honest -> {
              honest.subject = SUBJECT + ".evil.example";
              return text(PROVIDER.signed(honest))
                  .replace(SUBJECT + ".evil", SUBJECT + "<!-- -->.evil");
            },
            "NOT_ADMITTED"));
  }

  /** An assertion of the administrator's, with the honest signature wrapped somewhere. */
  private interface Wrap {
    void wrap(Document forged, Document signed);
  }

  private static void add(Map<String, Case> all, String name, String why, Wrap wrap) {
    all.put(
        name,
        new Case(
            honest -> {
              var signed = PROVIDER.signed(honest);
              var forged = (Document) signed.cloneNode(true);
              assertion(forged).setAttribute("ID", "_forged");
              child(child(assertion(forged), "Subject"), "NameID").setTextContent(ADMIN);
              wrap.wrap(forged, signed);
              return text(forged);
            },
            why));
  }

  private static void word(
      Map<String, Case> all, String name, String why, Consumer<SamlTestProvider.Words> change) {
    all.put(
        name,
        new Case(
            honest -> {
              change.accept(honest);
              return text(PROVIDER.signed(honest));
            },
            why));
  }

  private static void put(Element into, Element what) {
    into.appendChild(into.getOwnerDocument().importNode(what, true));
  }

  private static void drop(Element assertion) {
    assertion.removeChild(child(assertion, "Signature"));
  }

  private static Document aroundSigned(Document response, SamlTestProvider by) throws Exception {
    var root = response.getDocumentElement();
    SamlTestProvider.sign(
        root,
        child(root, "Status"),
        by.key(),
        SamlTestProvider.RSA_SHA256,
        SamlTestProvider.SHA256);
    return response;
  }
}
