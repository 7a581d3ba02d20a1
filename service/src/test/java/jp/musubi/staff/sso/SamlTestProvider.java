package jp.musubi.staff.sso;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * A SAML provider that says whatever a test wants, with real signatures: the hostile one that no
 * product can be made into. The real round trip is the journeys' ({@code SsoJourneyTest}).
 */
final class SamlTestProvider {
  static final String ISSUER = "https://login.joumou.example/idp";
  static final String ADDRESS = "https://login.joumou.example/idp/sso?tenant=1";
  static final String PASSWORD_CONTEXT = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password";
  static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
  static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";

  private final RequestKey made;

  SamlTestProvider() {
    this(RequestKey.make(Instant.now()));
  }

  SamlTestProvider(RequestKey made) {
    this.made = made;
  }

  /** Its certificate, as an administrator pastes it. */
  String certificate() {
    return SigningCertificates.pem(List.of(made.certificate()));
  }

  /** Its metadata. */
  String metadata(boolean wantsSigned) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
      <md:IDPSSODescriptor WantAuthnRequestsSigned="%s" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>%s</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
        <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://login.joumou.example/post"/>
        <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="%s"/>
      </md:IDPSSODescriptor>
    </md:EntityDescriptor>
    """
        .formatted(
            ISSUER,
            wantsSigned,
            Base64.getMimeEncoder().encodeToString(SigningCertificates.der(made.certificate())),
            ADDRESS);
  }

  PrivateKey key() throws Exception {
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(made.pkcs8()));
  }

  /** What is said; a test changes a word of it. */
  static final class Words {
    String request;
    String destination;
    String issuer = ISSUER;
    String assertionIssuer = ISSUER;
    String status = "urn:oasis:names:tc:SAML:2.0:status:Success";
    String assertion = "_" + UUID.randomUUID();
    String subject;
    String format = SamlNames.PERSISTENT;
    String qualifiers = "";
    String method = SamlNames.BEARER;
    String recipient;
    String confirmedRequest;
    Instant confirmedUntil = in(300);
    @Nullable Instant from = in(-30);
    @Nullable Instant until = in(300);
    String audiences;
    String moreConditions = "";
    Instant authenticated = in(0);
    String context = PASSWORD_CONTEXT;
    String attributes = "";

    /** An honest answer to a request. */
    Words(String request, String acs, String entityId, String subject) {
      this.request = request;
      this.destination = acs;
      this.recipient = acs;
      this.confirmedRequest = request;
      this.subject = subject;
      this.audiences = audience(entityId);
    }

    static String audience(String audience) {
      return "<saml:AudienceRestriction><saml:Audience>%s</saml:Audience></saml:AudienceRestriction>"
          .formatted(audience);
    }

    static Instant in(long seconds) {
      return Instant.now().plus(Duration.ofSeconds(seconds));
    }

    Words attribute(String name, String value) {
      attributes +=
          "<saml:Attribute Name=\"%s\"><saml:AttributeValue>%s</saml:AttributeValue></saml:Attribute>"
              .formatted(name, value);
      return this;
    }

    Document unsigned() throws Exception {
      return parse(
          """
          <samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_%s" Version="2.0" IssueInstant="%s" Destination="%s" InResponseTo="%s"><saml:Issuer>%s</saml:Issuer><samlp:Status><samlp:StatusCode Value="%s"/></samlp:Status>%s</samlp:Response>
          """
              .formatted(
                  UUID.randomUUID(), in(0), destination, request, issuer, status, assertion()));
    }

    private String assertion() {
      return """
      <saml:Assertion ID="%s" Version="2.0" IssueInstant="%s"><saml:Issuer>%s</saml:Issuer><saml:Subject><saml:NameID Format="%s"%s>%s</saml:NameID><saml:SubjectConfirmation Method="%s"><saml:SubjectConfirmationData NotOnOrAfter="%s" Recipient="%s" InResponseTo="%s"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions%s%s>%s%s</saml:Conditions><saml:AuthnStatement AuthnInstant="%s"><saml:AuthnContext><saml:AuthnContextClassRef>%s</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>%s</saml:Assertion>\
      """
          .formatted(
              assertion,
              in(0),
              assertionIssuer,
              format,
              qualifiers,
              subject,
              method,
              confirmedUntil,
              recipient,
              confirmedRequest,
              from == null ? "" : " NotBefore=\"" + from + "\"",
              until == null ? "" : " NotOnOrAfter=\"" + until + "\"",
              audiences,
              moreConditions,
              authenticated,
              context,
              attributes.isEmpty()
                  ? ""
                  : "<saml:AttributeStatement>" + attributes + "</saml:AttributeStatement>");
    }
  }

  /** With this provider's signature on the assertion. */
  Document signed(Words words) throws Exception {
    return signed(words, RSA_SHA256, SHA256);
  }

  Document signed(Words words, String algorithm, String digest) throws Exception {
    var document = words.unsigned();
    var assertion = assertion(document);
    sign(assertion, child(assertion, "Subject"), key(), algorithm, digest);
    return document;
  }

  /** Puts an enveloped signature into an element, before one of its children. */
  static void sign(
      Element element, Node before, java.security.Key key, String algorithm, String digest)
      throws Exception {
    element.setIdAttribute("ID", true);
    var xml = XMLSignatureFactory.getInstance("DOM");
    var info =
        xml.newSignedInfo(
            xml.newCanonicalizationMethod(
                CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
            xml.newSignatureMethod(algorithm, null),
            List.of(
                xml.newReference(
                    "#" + element.getAttribute("ID"),
                    xml.newDigestMethod(digest, null),
                    List.of(
                        xml.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        xml.newTransform(
                            CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                    null,
                    null)));
    var context = new DOMSignContext(key, element, before);
    context.setProperty("org.jcp.xml.dsig.secureValidation", false);
    xml.newXMLSignature(info, null).sign(context);
  }

  static Document parse(String xml) throws Exception {
    var factory = DocumentBuilderFactory.newDefaultNSInstance();
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml.strip().getBytes(StandardCharsets.UTF_8)));
  }

  static Element assertion(Document response) {
    return (Element) response.getElementsByTagNameNS(SamlNames.ASSERTION, "Assertion").item(0);
  }

  /** The first child of this local name. */
  static Element child(Element parent, String name) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (name.equals(node.getLocalName())) {
        return (Element) node;
      }
    }
    throw new AssertionError("no " + name);
  }

  static String text(Node document) throws Exception {
    var out = new StringWriter();
    var writer = TransformerFactory.newDefaultInstance().newTransformer();
    writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    writer.transform(new DOMSource(document), new StreamResult(out));
    return out.toString();
  }

  static String base64(String xml) {
    return Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(Document document) throws Exception {
    return base64(text(document));
  }

  /** DigestMethod of old. */
  static String sha1() {
    return DigestMethod.SHA1;
  }
}
