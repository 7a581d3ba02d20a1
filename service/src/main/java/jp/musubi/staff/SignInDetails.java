package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Objects;

/**
 * What the sign-in form says beside name and password.
 *
 * @param bodyCode 団体コード
 * @param ip from where
 * @param device with what, in words
 */
record SignInDetails(String bodyCode, String ip, String device) implements Serializable {

  static SignInDetails of(HttpServletRequest request) {
    return new SignInDetails(
        Objects.requireNonNullElse(request.getParameter("body"), ""),
        request.getRemoteAddr(),
        Device.of(request.getHeader("User-Agent")));
  }
}
