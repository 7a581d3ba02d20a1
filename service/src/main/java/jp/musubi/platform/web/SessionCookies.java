package jp.musubi.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.session.web.http.CookieSerializer;

/**
 * The cookie of a session: its id with a code made by a key outside of the database, so that an id
 * read in a copy of the database opens nothing.
 */
final class SessionCookies implements CookieSerializer {
  private static final String PURPOSE = "musubi-session-1/";

  private final CookieSerializer plain;
  private final SecretKeySpec key;

  SessionCookies(CookieSerializer plain, byte[] key) {
    this.plain = plain;
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  @Override
  public void writeCookieValue(CookieValue value) {
    var id = value.getCookieValue();
    // An empty value takes the cookie away.
    plain.writeCookieValue(
        new CookieValue(
            value.getRequest(), value.getResponse(), id.isEmpty() ? id : id + "." + code(id)));
  }

  @Override
  public List<String> readCookieValues(HttpServletRequest request) {
    return plain.readCookieValues(request).stream().flatMap(value -> id(value).stream()).toList();
  }

  private Optional<String> id(String value) {
    var dot = value.lastIndexOf('.');
    if (dot < 1) {
      return Optional.empty();
    }
    var id = value.substring(0, dot);
    var own =
        MessageDigest.isEqual(
            code(id).getBytes(StandardCharsets.UTF_8),
            value.substring(dot + 1).getBytes(StandardCharsets.UTF_8));
    return own ? Optional.of(id) : Optional.empty();
  }

  private String code(String id) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal((PURPOSE + id).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
