package jp.musubi.staff.sso;

import java.net.URI;
import java.net.URISyntaxException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.xml.crypto.dsig.XMLSignature;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * メタデータ (SAML 2.0 metadata): reads a provider's, and writes ours. A signature on the provider's is
 * not looked at: an administrator vouches for the file, as for values typed by hand.
 */
final class SamlMetadata {
  private SamlMetadata() {}

  /** What a provider says of itself. */
  record Described(
      String issuer, URI address, List<X509Certificate> certificates, boolean wantsSigned) {
    Described {
      certificates = List.copyOf(certificates);
    }
  }

  /** What became of reading. */
  sealed interface Reading {
    /** It describes a provider. */
    record Found(Described provider) implements Reading {}

    /** It does not. */
    record Wrong(Problem problem) implements Reading {}
  }

  /** What is wrong with metadata; for its words. */
  enum Problem {
    /** Not XML, with a document type, or too large. */
    UNREADABLE,
    /** Of many providers, or of something else: not one entity. */
    NOT_ONE,
    /** Of no identity provider of SAML 2.0. */
    NO_PROVIDER,
    /** No address for requests by redirect, or not of https. */
    NO_ADDRESS,
    /** No signing certificate, or one that is not taken. */
    NO_CERTIFICATE
  }

  /** Reads the metadata of a provider. */
  static Reading read(byte[] xml) {
    Element root;
    try {
      root = SecureXml.parse(xml).getDocumentElement();
    } catch (ProviderFailure e) {
      return new Reading.Wrong(Problem.UNREADABLE);
    }
    if (!SecureXml.is(root, SamlNames.METADATA, "EntityDescriptor")
        || root.getAttribute("entityID").isBlank()
        || root.getAttribute("entityID").length() > 1000) {
      return new Reading.Wrong(Problem.NOT_ONE);
    }
    var roles =
        SecureXml.children(root, SamlNames.METADATA, "IDPSSODescriptor").stream()
            .filter(SamlMetadata::speaksSaml2)
            .toList();
    return roles.size() == 1
        ? read(root.getAttribute("entityID").strip(), roles.getFirst())
        : new Reading.Wrong(Problem.NO_PROVIDER);
  }

  private static Reading read(String issuer, Element role) {
    var address =
        SecureXml.children(role, SamlNames.METADATA, "SingleSignOnService").stream()
            .filter(service -> service.getAttribute("Binding").equals(SamlNames.REDIRECT))
            .map(service -> address(service.getAttribute("Location")))
            .flatMap(Optional::stream)
            .findFirst();
    if (address.isEmpty()) {
      return new Reading.Wrong(Problem.NO_ADDRESS);
    }
    try {
      var certificates = certificates(role);
      return certificates.isEmpty()
          ? new Reading.Wrong(Problem.NO_CERTIFICATE)
          : new Reading.Found(
              new Described(
                  issuer,
                  address.get(),
                  certificates,
                  isTrue(role.getAttribute("WantAuthnRequestsSigned"))));
    } catch (CertificateException e) {
      return new Reading.Wrong(Problem.NO_CERTIFICATE);
    }
  }

  private static List<X509Certificate> certificates(Element role) throws CertificateException {
    var found = new ArrayList<X509Certificate>();
    for (var key : SecureXml.children(role, SamlNames.METADATA, "KeyDescriptor")) {
      if (!key.getAttribute("use").equals("encryption")) {
        for (var info : SecureXml.children(key, XMLSignature.XMLNS, "KeyInfo")) {
          for (var data : SecureXml.children(info, XMLSignature.XMLNS, "X509Data")) {
            for (var base64 : SecureXml.children(data, XMLSignature.XMLNS, "X509Certificate")) {
              found.addAll(SigningCertificates.read(SecureXml.text(base64)));
            }
          }
        }
      }
    }
    return found.stream().distinct().limit(10).toList();
  }

  private static boolean speaksSaml2(Element role) {
    return Arrays.asList(role.getAttribute("protocolSupportEnumeration").split("\\s+", -1))
        .contains(SamlNames.PROTOCOL);
  }

  private static boolean isTrue(String value) {
    return value.equals("true") || value.equals("1");
  }

  /** An address that a browser may be sent to: https, or this machine for a trial. */
  static Optional<URI> address(String text) {
    try {
      var address = new URI(text.strip());
      var local =
          "http".equalsIgnoreCase(address.getScheme()) && "127.0.0.1".equals(address.getHost());
      var fits =
          ("https".equalsIgnoreCase(address.getScheme()) || local)
              && address.getHost() != null
              && address.getUserInfo() == null
              && address.getFragment() == null
              && text.length() <= 1000;
      return fits ? Optional.of(address) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Our own, for the provider's administrator.
   *
   * @param consumers where responses are sent, one for each entrance, the public one first
   * @param provider the settings, if there are any yet
   */
  static byte[] ours(
      String entityId, List<String> consumers, Provider.Protocol.@Nullable Saml provider) {
    var key = provider == null ? null : provider.requestKey();
    return XmlText.write(xml -> {
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("md", "EntityDescriptor", SamlNames.METADATA);
      xml.writeNamespace("md", SamlNames.METADATA);
      xml.writeAttribute("entityID", entityId);
      xml.writeStartElement("md", "SPSSODescriptor", SamlNames.METADATA);
      xml.writeAttribute("AuthnRequestsSigned", String.valueOf(key != null));
      xml.writeAttribute("WantAssertionsSigned", "true");
      xml.writeAttribute("protocolSupportEnumeration", SamlNames.PROTOCOL);
      if (key != null) {
        key(xml, key);
      }
      if (provider == null || provider.subjectAttribute() == null) {
        xml.writeStartElement("md", "NameIDFormat", SamlNames.METADATA);
        xml.writeCharacters(SamlNames.PERSISTENT);
        xml.writeEndElement();
      }
      for (var index = 0; index < consumers.size(); index++) {
        xml.writeEmptyElement("md", "AssertionConsumerService", SamlNames.METADATA);
        xml.writeAttribute("index", String.valueOf(index));
        xml.writeAttribute("isDefault", String.valueOf(index == 0));
        xml.writeAttribute("Binding", SamlNames.POST);
        xml.writeAttribute("Location", consumers.get(index));
      }
      xml.writeEndElement();
      xml.writeEndElement();
    });
  }

  private static void key(javax.xml.stream.XMLStreamWriter xml, RequestKey key)
      throws javax.xml.stream.XMLStreamException {
    xml.writeStartElement("md", "KeyDescriptor", SamlNames.METADATA);
    xml.writeAttribute("use", "signing");
    xml.writeStartElement("ds", "KeyInfo", XMLSignature.XMLNS);
    xml.writeNamespace("ds", XMLSignature.XMLNS);
    xml.writeStartElement("ds", "X509Data", XMLSignature.XMLNS);
    xml.writeStartElement("ds", "X509Certificate", XMLSignature.XMLNS);
    xml.writeCharacters(
        Base64.getEncoder().encodeToString(SigningCertificates.der(key.certificate())));
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndElement();
  }
}
