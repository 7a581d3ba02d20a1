package jp.musubi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a configuration and production. Trial keys, the trial TSA, the embedded
 * mailbox and default secrets make a contract look concluded that no court would accept; each is
 * named with its remedy.
 */
final class ProductionReadiness {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final Function<String, @Nullable String> setting;
  private final List<String> reasons = new ArrayList<>();

  private ProductionReadiness(Function<String, @Nullable String> setting) {
    this.setting = setting;
  }

  /**
   * The reasons not to start; empty when there are none.
   *
   * @param setting the value of a property, null when it is not set
   */
  static List<String> reasons(Function<String, @Nullable String> setting) {
    var readiness = new ProductionReadiness(setting);
    readiness.check();
    return List.copyOf(readiness.reasons);
  }

  private void check() {
    if ("true".equals(setting.apply("musubi.trial.enabled"))) {
      reasons.add("musubi.trial.enabled は本番では使えません。設定から外してください。");
    }
    for (var harness :
        List.of("musubi.fault.halt-at", "musubi.fault.record", "musubi.fault.clock-offset")) {
      if (setting.apply(harness) != null) {
        reasons.add(harness + " は故障の試験のためのものです。設定から外してください。");
      }
    }
    if ("true".equals(setting.apply("musubi.api.webhook-loopback"))) {
      reasons.add("musubi.api.webhook-loopback は試すためのものです。設定から外してください。");
    }
    required("spring.datasource.url", "PostgreSQL の接続先（役割 musubi_app）");
    required("spring.flyway.url", "PostgreSQL の接続先（役割 musubi_owner）");
    required("musubi.store.directory", "原本を置く場所");
    required("musubi.second-validator.jar", "第二の検証器の場所");
    required("musubi.inspection.jar", "検査のプロセスの場所");
    required("musubi.malware.clamd", "ウイルス検査（ClamAV）のホスト名とポート番号");
    required("musubi.secrets.link-key-file", "リンクの秘密を作る鍵のファイル");
    masterKey();
    temporaryFolder();
    required("musubi.seal.trust-anchors", "信頼するルート証明書のファイル");
    required("musubi.mail.from", "メールの差出人アドレス");
    required("spring.mail.host", "メールを送るサーバー")
        .filter(LOOPBACK::contains)
        .ifPresent(_ -> reasons.add("spring.mail.host がこの機械自身です。試用のメール箱は本番では使えません。"));
    required("musubi.public-url", "メールに書くこのサービスのアドレス")
        .filter(url -> !url.startsWith("https://"))
        .ifPresent(url -> reasons.add("musubi.public-url が https:// で始まっていません: " + url));
    lgwan();
    sms();
    required("musubi.seal.timestamp-urls", "認定タイムスタンプ局のアドレス").ifPresent(this::timestamps);
    required("musubi.seal.revocation-hosts", "失効情報を取りに行ってよい相手");
    key();
  }

  /** Cookies are for https alone; a relay in plain would let nobody in. */
  private void lgwan() {
    var url = setting.apply("musubi.lgwan-url");
    if (url != null && !url.isBlank() && !url.startsWith("https://")) {
      reasons.add("musubi.lgwan-url が https:// で始まっていません: " + url);
    }
  }

  /** Numbers that let somebody in do not travel in plain. */
  private void sms() {
    var url = setting.apply("musubi.sms.url");
    if (url != null && !url.startsWith("https://")) {
      reasons.add("musubi.sms.url が https:// で始まっていません: " + url);
    }
  }

  private void masterKey() {
    var module = setting.apply("musubi.secrets.pkcs11.module");
    if (module == null) {
      required(
          "musubi.secrets.master-key-file",
          "団体ごとの鍵を包む主鍵のファイル（またはmusubi.secrets.pkcs11.moduleにハードウェアの鍵）");
    } else {
      required("musubi.secrets.pkcs11.pin-file", "主鍵を置くハードウェアの暗証番号のファイル");
    }
  }

  /** Files lie there in plain while they are read, sealed or drawn; a disk would remember them. */
  private void temporaryFolder() {
    var folder = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      if (!"tmpfs".equals(Files.getFileStore(folder).type())
          && !"true".equals(setting.apply("musubi.temporary-folder-is-encrypted"))) {
        reasons.add(
            ("一時フォルダ %s がメモリ上（tmpfs）にありません。-Djava.io.tmpdirでtmpfsか暗号化したボリュームに移し、"
                    + "暗号化したボリュームならmusubi.temporary-folder-is-encrypted=trueを設定してください。")
                .formatted(folder));
      }
    } catch (IOException e) {
      reasons.add("一時フォルダ %s を調べられません（%s）。".formatted(folder, e.getMessage()));
    }
  }

  private Optional<String> required(String name, String meaning) {
    var value = setting.apply(name);
    if (value == null || value.isBlank()) {
      reasons.add("%s がありません。%sを設定してください。".formatted(name, meaning));
      return Optional.empty();
    }
    return Optional.of(value.strip());
  }

  private void timestamps(String urls) {
    for (var url : urls.split(",", -1)) {
      var host = URI.create(url.strip()).getHost();
      if (host == null || LOOPBACK.contains(host)) {
        reasons.add("musubi.seal.timestamp-urls が試用の時刻認証局です: " + url.strip());
      }
    }
  }

  /** In a module or in a file, and not in both: nobody should have to guess which one seals. */
  private void key() {
    var module = setting.apply("musubi.seal.pkcs11.module");
    if (module == null) {
      required("musubi.seal.key-store", "署名鍵の入れ物（またはmusubi.seal.pkcs11.moduleにハードウェアの鍵）")
          .ifPresent(this::keyStore);
      return;
    }
    if (setting.apply("musubi.seal.key-store") != null) {
      reasons.add("musubi.seal.key-store と musubi.seal.pkcs11.module の両方があります。どちらかを外してください。");
    }
    if (!Files.isReadable(Path.of(module))) {
      reasons.add("musubi.seal.pkcs11.module を読めません: " + module);
    }
    required("musubi.seal.pkcs11.pin-file", "ハードウェアの鍵の暗証番号のファイル")
        .filter(file -> !Files.isReadable(Path.of(file)))
        .ifPresent(file -> reasons.add("musubi.seal.pkcs11.pin-file を読めません: " + file));
  }

  private void keyStore(String file) {
    var passwordFile = setting.apply("musubi.seal.key-store-password-file");
    if (passwordFile == null) {
      reasons.add("musubi.seal.key-store-password-file がありません。");
      return;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, Files.readString(Path.of(passwordFile)).strip().toCharArray());
      for (var aliases = store.aliases(); aliases.hasMoreElements(); ) {
        if (store.getCertificate(aliases.nextElement()) instanceof X509Certificate certificate
            && certificate.getSubjectX500Principal().getName().contains("試用")) {
          reasons.add("musubi.seal.key-store の証明書が試用のものです。正式な証明書に替えてください。");
        }
      }
    } catch (IOException | GeneralSecurityException e) {
      reasons.add("musubi.seal.key-store を開けません（%s）。".formatted(e.getMessage()));
    }
  }
}
