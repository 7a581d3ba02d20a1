package jp.musubi.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The text form of a phase: a first line {@code musubi-seal 1 <phase>}, then one line {@code name
 * value} for each part in a fixed order, then {@code end} with the SHA-256 of all lines before it.
 * Bytes are in base64, empty ones a hyphen; times are ISO 8601 in UTC.
 */
final class PhaseText {
  private static final String HEAD = "musubi-seal 1 ";

  private PhaseText() {}

  static Writer write(String phase) {
    return new Writer(phase);
  }

  static Reader read(String text) {
    return new Reader(text);
  }

  static final class Writer {
    private final StringBuilder text = new StringBuilder();

    private Writer(String phase) {
      text.append(HEAD).append(phase).append('\n');
    }

    Writer put(String name, String value) {
      if (value.isEmpty() || value.indexOf('\n') >= 0) {
        throw new IllegalArgumentException(name + " is no line");
      }
      text.append(name).append(' ').append(value).append('\n');
      return this;
    }

    Writer put(String name, byte[] value) {
      return put(name, value.length == 0 ? "-" : Base64.getEncoder().encodeToString(value));
    }

    Writer put(String name, List<X509Certificate> certificates) {
      put(name, Integer.toString(certificates.size()));
      for (var certificate : certificates) {
        try {
          put("certificate", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
          throw new IllegalArgumentException("a certificate cannot be written", e);
        }
      }
      return this;
    }

    String end() {
      return text + "end " + digest(text.toString()) + "\n";
    }
  }

  static final class Reader {
    private final List<String> lines;
    private final String phase;
    private int at = 1;

    private Reader(String text) {
      lines = text.lines().toList();
      var body = text.lastIndexOf("end ");
      if (lines.size() < 2
          || !lines.getFirst().startsWith(HEAD)
          || body < 1
          || !text.endsWith("\n")
          || !lines.getLast().equals("end " + digest(text.substring(0, body)))) {
        throw new IllegalArgumentException("this is no phase of a seal, or only a part of one");
      }
      phase = lines.getFirst().substring(HEAD.length());
    }

    String phase() {
      return phase;
    }

    String next(String name) {
      var line = lines.get(at++);
      if (!line.startsWith(name + " ")) {
        throw new IllegalArgumentException(
            "a phase says '%.40s' (expected: '%s')".formatted(line, name));
      }
      return line.substring(name.length() + 1);
    }

    long nextLong(String name) {
      return Long.parseLong(next(name));
    }

    int nextInt(String name) {
      return Integer.parseInt(next(name));
    }

    byte[] nextBytes(String name) {
      var value = next(name);
      return value.equals("-") ? new byte[0] : Base64.getDecoder().decode(value);
    }

    List<X509Certificate> nextCertificates(String name) {
      var count = nextInt(name);
      var certificates = new ArrayList<X509Certificate>();
      for (var i = 0; i < count; i++) {
        certificates.add(certificate(nextBytes("certificate")));
      }
      return List.copyOf(certificates);
    }

    /** Nothing may be left unread. */
    <T> T end(T phase) {
      if (at != lines.size() - 1) {
        throw new IllegalArgumentException("a phase says more than expected");
      }
      return phase;
    }

    private static X509Certificate certificate(byte[] der) {
      try {
        return (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new java.io.ByteArrayInputStream(der));
      } catch (GeneralSecurityException e) {
        throw new IllegalArgumentException("a certificate cannot be read", e);
      }
    }
  }

  private static Sha256 digest(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
