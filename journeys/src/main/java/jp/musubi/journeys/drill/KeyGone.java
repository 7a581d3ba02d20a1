package jp.musubi.journeys.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.musubi.journeys.reliability.Measurement;

/**
 * 鍵の喪失. The sealing key lies on a token, which is pulled out: agreements are accepted, seals wait,
 * the page says so, and all goes on when the token is back.
 */
final class KeyGone implements Drill {
  private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "2468";

  /** What the contract's page says of it. */
  private static final String WAITS = "署名に使う鍵の装置の応答を待っています";

  @Override
  public String title() {
    return "署名鍵が使えなくなったとき";
  }

  @Override
  public List<Measurement.Row> run(Path root) throws Exception {
    var rows = new ArrayList<Measurement.Row>();
    var platform = Platform.prepare(root);
    try (platform) {
      var tokens = Files.createDirectories(platform.folder().resolve("tokens"));
      keep(platform, tokens);
      platform.open();
      var contracting = new Contracting(platform);
      var before = contracting.send();
      contracting.agree(before);
      rows.add(FullDisk.healed("鍵があるときの、署名から締結まで", contracting.conclude(before)));
      var contract = contracting.send();
      var back = pull(tokens);
      contracting.agree(contract);
      var told = contracting.says(contract, WAITS);
      var waits = told && !contracting.isSealed(contract);
      rows.add(
          new Measurement.Row(
              "鍵のないあいだに受け付けた同意",
              waits ? "待っている。契約の画面は「%s」と言う".formatted(WAITS) : told ? "待っていない" : "契約の画面が言わない",
              "受け付けて待ち、画面がそう言う",
              waits));
      back.run();
      rows.add(FullDisk.healed("鍵が戻ってから、待っていた契約の締結まで", contracting.conclude(contract)));
      rows.add(Platforms.audited(platform));
    }
    platform.forget();
    return rows;
  }

  /** Pulls the token out; the answer puts it back. */
  private static Runnable pull(Path tokens) throws IOException {
    try (var all = Files.list(tokens)) {
      var token = all.findFirst().orElseThrow();
      var away = Files.move(token, tokens.resolveSibling("away"));
      return () -> {
        try {
          Files.move(away, token);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    }
  }

  /** Puts the trial's key on a token of SoftHSM, and has the nodes use it there. */
  private static void keep(Platform platform, Path tokens) throws Exception {
    if (!Files.exists(MODULE)) {
      throw new IllegalStateException("SoftHSM is not installed: package softhsm2");
    }
    var conf = platform.folder().resolve("softhsm2.conf");
    Files.writeString(
        conf,
        "directories.tokendir = %s%nobjectstore.backend = file%nlog.level = ERROR%n"
            .formatted(tokens));
    var environment = Map.of("SOFTHSM2_CONF", conf.toString());
    Child.run(
        List.of(
            "softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "musubi",
            "--pin",
            PIN,
            "--so-pin",
            "13579"),
        environment);
    var provider = platform.folder().resolve("provider.cfg");
    Files.writeString(provider, "name=Drill%nlibrary=%s%nslotListIndex=0%n".formatted(MODULE));
    var settings = platform.settings();
    var password = settings.getProperty("musubi.seal.key-store-password-file");
    Child.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-importkeystore",
            "-noprompt",
            "-srckeystore",
            settings.getProperty("musubi.seal.key-store"),
            "-srcstorepass:file",
            password,
            "-srcalias",
            "seal",
            "-destkeystore",
            "NONE",
            "-deststoretype",
            "PKCS11",
            "-deststorepass",
            PIN,
            "-addprovider",
            "SunPKCS11",
            "-providerarg",
            provider.toString()),
        environment);
    var pin = Files.writeString(platform.folder().resolve("pin"), PIN);
    platform.forgetSettings(
        "musubi.seal.key-store", "musubi.seal.key-store-password-file", "musubi.seal.key-alias");
    platform.settle(
        Map.of(
            "musubi.seal.pkcs11.module",
            MODULE.toString(),
            "musubi.seal.pkcs11.slot-index",
            "0",
            "musubi.seal.pkcs11.pin-file",
            pin.toString(),
            "musubi.seal.pkcs11.label",
            "seal"));
    platform.a().environment(environment);
    platform.b().environment(environment);
  }
}
