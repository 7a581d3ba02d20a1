package jp.musubi.staff.sso;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.xml.stream.XMLStreamException;
import jp.musubi.platform.openid.Tokens;

/**
 * Our request to a SAML provider, on the way of the browser's address (SAML bindings, 3.4: DEFLATE,
 * base64, and the signature over the query as it is sent).
 */
final class SamlRequest {
  private SamlRequest() {}

  /** The ID of an errand's request: nobody can guess it, and only the answer to it is taken. */
  static String id(Errand errand) {
    return "_" + Tokens.digest(errand.nonce());
  }

  /**
   * Where the browser is sent.
   *
   * @param acs where the answer is to arrive
   * @param entityId what we call ourselves for this body
   */
  static URI address(Provider.Protocol.Saml provider, Errand errand, String acs, String entityId) {
    var query =
        new StringBuilder("SAMLRequest=")
            .append(encode(deflated(message(provider, errand, acs, entityId))))
            .append("&RelayState=")
            .append(encode(errand.state()));
    var key = provider.requestKey();
    if (key != null) {
      query.append("&SigAlg=").append(encode(RequestKey.ALGORITHM));
      var signature = key.sign(query.toString().getBytes(StandardCharsets.US_ASCII));
      query.append("&Signature=").append(encode(Base64.getEncoder().encodeToString(signature)));
    }
    var base = provider.address().toString();
    return URI.create(base + (provider.address().getRawQuery() == null ? "?" : "&") + query);
  }

  private static byte[] message(
      Provider.Protocol.Saml provider, Errand errand, String acs, String entityId) {
    return XmlText.write(xml -> {
      xml.writeStartElement("samlp", "AuthnRequest", SamlNames.PROTOCOL);
      xml.writeNamespace("samlp", SamlNames.PROTOCOL);
      xml.writeNamespace("saml", SamlNames.ASSERTION);
      xml.writeAttribute("ID", id(errand));
      xml.writeAttribute("Version", "2.0");
      xml.writeAttribute(
          "IssueInstant", errand.created().truncatedTo(ChronoUnit.SECONDS).toString());
      xml.writeAttribute("Destination", provider.address().toString());
      if (errand.again()) {
        xml.writeAttribute("ForceAuthn", "true");
      }
      xml.writeAttribute("ProtocolBinding", SamlNames.POST);
      xml.writeAttribute("AssertionConsumerServiceURL", acs);
      xml.writeStartElement("saml", "Issuer", SamlNames.ASSERTION);
      xml.writeCharacters(entityId);
      xml.writeEndElement();
      if (provider.subjectAttribute() == null) {
        nameIdPolicy(xml);
      }
      xml.writeEndElement();
    });
  }

  private static void nameIdPolicy(javax.xml.stream.XMLStreamWriter xml) throws XMLStreamException {
    xml.writeEmptyElement("samlp", "NameIDPolicy", SamlNames.PROTOCOL);
    xml.writeAttribute("Format", SamlNames.PERSISTENT);
    xml.writeAttribute("AllowCreate", "true");
  }

  private static String deflated(byte[] message) {
    var bytes = new ByteArrayOutputStream();
    var raw = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    try (var out = new DeflaterOutputStream(bytes, raw)) {
      out.write(message);
    } catch (IOException e) {
      throw new IllegalStateException("memory takes every byte", e);
    } finally {
      raw.end();
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
