package jp.musubi.staff.sso;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * 署名された主張. Finds the one assertion of a response and checks its signature. What is returned is
 * parsed anew from the very bytes that were hashed: whatever else stands in the message, wrapped
 * around or commented into it, is never read (XML signature wrapping).
 */
final class SignedAssertion {
  private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
  private static final Set<String> SIGNATURES =
      Set.of(
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
          "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512",
          "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1");
  private static final Set<String> DIGESTS =
      Set.of(
          "http://www.w3.org/2001/04/xmlenc#sha256",
          "http://www.w3.org/2001/04/xmldsig-more#sha384",
          "http://www.w3.org/2001/04/xmlenc#sha512");

  private SignedAssertion() {}

  /**
   * The assertion as it was signed.
   *
   * @param trusted the provider's certificates; what the message says of its key is not looked at
   * @throws ProviderFailure if there is not exactly one, or a signature does not hold
   */
  static Element of(Document response, List<X509Certificate> trusted) throws ProviderFailure {
    if (count(response, "EncryptedAssertion") != 0) {
      throw new ProviderFailure(Refusal.ENCRYPTED, "the assertion is encrypted");
    }
    if (count(response, "Assertion") != 1) {
      throw failure("not exactly one assertion");
    }
    var root = response.getDocumentElement();
    var assertion = SecureXml.only(root, SamlNames.ASSERTION, "Assertion");
    uniqueIds(response);
    var around = SecureXml.children(root, XMLSignature.XMLNS, "Signature");
    if (SecureXml.children(assertion, XMLSignature.XMLNS, "Signature").isEmpty()) {
      throw failure("the assertion is not signed");
    }
    if (around.size() > 1 || count(response, "Signature") != 1 + around.size()) {
      throw failure("more signatures than the assertion's and the response's");
    }
    if (!around.isEmpty()) {
      // Nothing is read for its sake; but a provider whose signature does not hold is not believed.
      signed(around.getFirst(), root, trusted);
    }
    var signature = SecureXml.only(assertion, XMLSignature.XMLNS, "Signature");
    return reread(signed(signature, assertion, trusted), assertion.getAttribute("ID"));
  }

  private static int count(Document document, String name) {
    return document.getElementsByTagNameNS("*", name).getLength();
  }

  /** The bytes of the element that the signature covers. */
  private static byte[] signed(Element signature, Element element, List<X509Certificate> trusted)
      throws ProviderFailure {
    var id = element.getAttribute("ID");
    if (id.isEmpty()) {
      throw failure("a signed element without an ID");
    }
    element.setIdAttribute("ID", true);
    for (var certificate : trusted) {
      var bytes = verified(signature, id, certificate.getPublicKey());
      if (bytes.isPresent()) {
        return bytes.get();
      }
    }
    throw failure("no certificate of the provider fits the signature");
  }

  private static Optional<byte[]> verified(Element signature, String id, PublicKey key)
      throws ProviderFailure {
    var context = new DOMValidateContext(KeySelector.singletonKeySelector(key), signature);
    context.setProperty("org.jcp.xml.dsig.secureValidation", true);
    context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
    try {
      var read = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
      var reference = permitted(read, id);
      return read.validate(context)
          ? Optional.of(reference.getDigestInputStream().readAllBytes())
          : Optional.empty();
    } catch (XMLSignatureException e) {
      // A key of another kind than the signature's; the provider may have several.
      return Optional.empty();
    } catch (MarshalException | IOException e) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, "the signature cannot be read", e);
    }
  }

  /** The one reference, if the signature is of the one form that providers make. */
  private static Reference permitted(XMLSignature signature, String id) throws ProviderFailure {
    var info = signature.getSignedInfo();
    if (info.getReferences().size() != 1 || !signature.getObjects().isEmpty()) {
      throw failure("not exactly one reference, or objects in the signature");
    }
    var reference = info.getReferences().getFirst();
    var transforms = reference.getTransforms().stream().map(Transform::getAlgorithm).toList();
    var fits =
        ("#" + id).equals(reference.getURI())
            && transforms.equals(List.of(Transform.ENVELOPED, EXCLUSIVE))
            && EXCLUSIVE.equals(info.getCanonicalizationMethod().getAlgorithm())
            && SIGNATURES.contains(info.getSignatureMethod().getAlgorithm())
            && DIGESTS.contains(reference.getDigestMethod().getAlgorithm());
    if (!fits) {
      throw failure("a signature of another form, or over something else");
    }
    return reference;
  }

  private static Element reread(byte[] signed, String id) throws ProviderFailure {
    var assertion = SecureXml.parse(signed).getDocumentElement();
    if (!SecureXml.is(assertion, SamlNames.ASSERTION, "Assertion")
        || !assertion.getAttribute("ID").equals(id)) {
      throw failure("something else than the assertion is signed");
    }
    return assertion;
  }

  private static void uniqueIds(Document document) throws ProviderFailure {
    var ids = new HashSet<String>();
    var all = document.getElementsByTagNameNS("*", "*");
    for (var i = 0; i < all.getLength(); i++) {
      var attributes = all.item(i).getAttributes();
      for (var j = 0; j < attributes.getLength(); j++) {
        var attribute = attributes.item(j);
        if ("id".equalsIgnoreCase(attribute.getLocalName()) && !ids.add(attribute.getNodeValue())) {
          throw failure("two elements of one ID");
        }
      }
    }
  }

  private static ProviderFailure failure(String why) {
    return new ProviderFailure(Refusal.NOT_GENUINE, why);
  }
}
