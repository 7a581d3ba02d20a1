package jp.musubi.organisation;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * 公開の住所. Addresses of pages for people without an account, as letters name them: {@code
 * PUBLIC-URL/s/BODY-CODE/...}.
 */
@Component
public class PublicAddresses {
  private final Organisations organisations;
  private final URI publicUrl;

  PublicAddresses(Organisations organisations, @Value("${musubi.public-url}") URI publicUrl) {
    this.organisations = organisations;
    this.publicUrl = publicUrl;
  }

  /**
   * Of the current body.
   *
   * @param path what follows the body's code, without a slash before it
   */
  public String of(String path) {
    return "%s/s/%s/%s"
        .formatted(
            publicUrl.toString().replaceAll("/+$", ""), organisations.current().code(), path);
  }
}
