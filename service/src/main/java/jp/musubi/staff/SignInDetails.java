package jp.musubi.staff;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.Objects;

/**
 * What the sign-in form says beside name and password.
 *
 * @param bodyCode 団体コード
 * @param ip from where
 */
record SignInDetails(String bodyCode, String ip) implements Serializable {

  static SignInDetails of(HttpServletRequest request) {
    return new SignInDetails(
        Objects.requireNonNullElse(request.getParameter("body"), ""), request.getRemoteAddr());
  }
}
