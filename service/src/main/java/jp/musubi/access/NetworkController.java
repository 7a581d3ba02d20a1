package jp.musubi.access;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * 接続先の一覧, for those who open firewalls: all that a terminal in LGWAN has to reach under the α'
 * model, and from where mail comes (G-03). Open, since nobody gets in before it is known.
 */
@Controller
@EnableConfigurationProperties(NetworkSettings.class)
class NetworkController {
  private static final int HTTPS = 443;

  private final NetworkSettings settings;
  private final URI publicUrl;
  private final String mailFrom;
  private final boolean scans;

  NetworkController(
      NetworkSettings settings,
      @Value("${musubi.public-url:http://localhost:8080}") URI publicUrl,
      @Value("${musubi.mail.from}") String mailFrom,
      @Value("${musubi.malware.clamd:}") String scanner) {
    this.settings = settings;
    this.publicUrl = publicUrl;
    this.mailFrom = mailFrom;
    this.scans = !scanner.isBlank();
  }

  /**
   * The page.
   *
   * @param scheme https, but in trial
   * @param scans whether uploads are shown to a scanner, as they always are but in trial
   */
  record Page(
      String host,
      String scheme,
      int port,
      List<String> addresses,
      String mail,
      List<String> mailHosts,
      boolean scans) {}

  @GetMapping("/network")
  ModelAndView page() {
    return new ModelAndView(
        "access/network",
        "page",
        new Page(
            publicUrl.getHost(),
            publicUrl.getScheme(),
            port(),
            settings.addresses(),
            mailFrom,
            settings.mailHosts(),
            scans));
  }

  /** The same for a program: what, value, port, protocol. */
  @GetMapping("/network.csv")
  ResponseEntity<byte[]> list() {
    var lines = new ArrayList<String>();
    lines.add("kind,value,port,protocol");
    lines.add("fqdn,%s,%d,tcp".formatted(publicUrl.getHost(), port()));
    settings.addresses().forEach(each -> lines.add("address,%s,%d,tcp".formatted(each, port())));
    settings.mailHosts().forEach(each -> lines.add("mail-from,%s,25,tcp".formatted(each)));
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header("Content-Disposition", "attachment; filename=\"network.csv\"")
        .body((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private int port() {
    return publicUrl.getPort() < 0 ? HTTPS : publicUrl.getPort();
  }
}
