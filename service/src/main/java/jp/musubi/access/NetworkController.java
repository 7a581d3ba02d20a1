package jp.musubi.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.musubi.platform.web.Entrance;
import jp.musubi.platform.web.Entrances;
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
  private final Entrances entrances;
  private final String mailFrom;
  private final boolean scans;

  NetworkController(
      NetworkSettings settings,
      Entrances entrances,
      @Value("${musubi.mail.from}") String mailFrom,
      @Value("${musubi.malware.clamd:}") String scanner) {
    this.settings = settings;
    this.entrances = entrances;
    this.mailFrom = mailFrom;
    this.scans = !scanner.isBlank();
  }

  /**
   * The page.
   *
   * @param names the public one first
   * @param scans whether uploads are shown to a scanner, as they always are but in trial
   */
  record Page(List<Name> names, String mail, List<String> mailHosts, boolean scans) {}

  /**
   * A name that leads to the service.
   *
   * @param side from which network
   * @param scheme https, but in trial
   */
  record Name(Entrance.Side side, String host, String scheme, int port, List<String> addresses) {}

  @GetMapping("/network")
  ModelAndView page() {
    return new ModelAndView(
        "access/network", "page", new Page(names(), mailFrom, settings.mailHosts(), scans));
  }

  /** The same for a program: what, value, port, protocol. */
  @GetMapping("/network.csv")
  ResponseEntity<byte[]> list() {
    var lines = new ArrayList<String>();
    lines.add("kind,value,port,protocol");
    for (var name : names()) {
      var kind = name.side() == Entrance.Side.LGWAN ? "lgwan-" : "";
      lines.add("%sfqdn,%s,%d,tcp".formatted(kind, name.host(), name.port()));
      name.addresses()
          .forEach(each -> lines.add("%saddress,%s,%d,tcp".formatted(kind, each, name.port())));
    }
    settings.mailHosts().forEach(each -> lines.add("mail-from,%s,25,tcp".formatted(each)));
    return ResponseEntity.ok()
        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
        .header("Content-Disposition", "attachment; filename=\"network.csv\"")
        .body((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private List<Name> names() {
    return entrances
        .all()
        .map(entrance ->
            new Name(
                entrance.side(),
                entrance.host(),
                entrance.address().getScheme(),
                entrance.address().getPort() < 0 ? HTTPS : entrance.address().getPort(),
                entrance.side() == Entrance.Side.LGWAN
                    ? settings.lgwanAddresses()
                    : settings.addresses()))
        .toList();
  }
}
