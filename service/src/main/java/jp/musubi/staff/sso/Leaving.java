package jp.musubi.staff.sso;

import java.net.URI;
import org.springframework.web.servlet.ModelAndView;

/**
 * The page that leads to the provider. It refreshes itself there: a redirect after a form would be
 * stopped by the content policy, which lets our forms go to ourselves only.
 */
record Leaving(String address, String host) {

  static ModelAndView page(URI address) {
    return new ModelAndView(
        "staff/sso-leaving", "page", new Leaving(address.toString(), address.getHost()));
  }
}
