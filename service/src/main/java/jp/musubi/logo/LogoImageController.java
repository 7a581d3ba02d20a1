package jp.musubi.logo;

import java.time.Duration;
import jp.musubi.organisation.Organisations;
import jp.musubi.platform.NotFound;
import jp.musubi.platform.Tenancy;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The logo of a body, for whoever its pages are shown to. */
@Controller
class LogoImageController {
  private static final Duration KEPT = Duration.ofDays(30);

  private final Logos logos;
  private final Organisations organisations;

  LogoImageController(Logos logos, Organisations organisations) {
    this.logos = logos;
    this.organisations = organisations;
  }

  @GetMapping("/logos/{code}/{digest}.png")
  ResponseEntity<byte[]> image(@PathVariable String code, @PathVariable String digest) {
    var body = organisations.bodyByCode(code).orElseThrow(() -> new NotFound("body " + code));
    var logo =
        Tenancy.in(body.id(), () -> logos.find(digest))
            .orElseThrow(() -> new NotFound("logo " + digest + " of body " + code));
    return ResponseEntity.ok()
        .contentType(MediaType.IMAGE_PNG)
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.maxAge(KEPT).cachePublic().immutable())
        .body(logo);
  }
}
