package jp.musubi.staff.sso;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads XML from outside: no document type, no entities, nothing fetched, not much of it. */
final class SecureXml {
  /** Many times what a provider says of one person. */
  static final int LARGEST = 256 * 1024;

  private static final String DEEPEST = "50";

  private SecureXml() {}

  /**
   * The document.
   *
   * @throws ProviderFailure if it is none, or wants more than a SAML message may
   */
  static Document parse(byte[] xml) throws ProviderFailure {
    if (xml.length > LARGEST) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, "more than %d bytes".formatted(LARGEST));
    }
    try {
      var factory = DocumentBuilderFactory.newDefaultNSInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setAttribute("jdk.xml.maxElementDepth", DEEPEST);
      factory.setXIncludeAware(false);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new Strict());
      return builder.parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own parser knows these features", e);
    } catch (SAXException | IOException e) {
      throw new ProviderFailure(Refusal.NOT_GENUINE, "not the XML it should be", e);
    }
  }

  /** The children of this name, in order. */
  static List<Element> children(Element parent, String namespace, String name) {
    var found = new ArrayList<Element>();
    for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && is(element, namespace, name)) {
        found.add(element);
      }
    }
    return found;
  }

  /**
   * The one child of this name.
   *
   * @throws ProviderFailure if there is none, or more
   */
  static Element only(Element parent, String namespace, String name) throws ProviderFailure {
    var found = children(parent, namespace, name);
    if (found.size() != 1) {
      throw new ProviderFailure(
          Refusal.NOT_GENUINE, "%d elements %s (expected: 1)".formatted(found.size(), name));
    }
    return found.getFirst();
  }

  /** The child of this name, if there is exactly one. */
  static Optional<Element> maybe(Element parent, String namespace, String name) {
    var found = children(parent, namespace, name);
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  static boolean is(Element element, String namespace, String name) {
    return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
  }

  /**
   * The text of an element that holds nothing else, whole: where a comment or an element stands
   * inside, no part of it counts.
   */
  static String text(Element element) {
    for (var node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node.getNodeType() != Node.TEXT_NODE) {
        return "";
      }
    }
    return element.getTextContent().strip();
  }

  private static final class Strict implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
