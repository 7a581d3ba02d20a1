package jp.musubi.journeys;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./musubi demo [--out DIR] [--json]}: the main job on real input, in a home of its own.
 * Exit 0 only when the contract was concluded and the offline verifier calls the file valid.
 */
final class DemoMain {
  private static final String MAIL = "ichiro@mihon-kensetsu.example";
  private static final String TITLE = "市道1024号線 舗装修繕工事";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path root;
  private final Path out;
  private final java.util.Optional<Path> keptHome;
  private final PrintStream console;
  private final List<Map<String, Object>> steps = new ArrayList<>();
  private long lastStep = System.nanoTime();
  // When the newest step was done, before its picture was taken.
  private long reached = lastStep;

  private DemoMain(Path root, Path out, java.util.Optional<Path> keptHome, PrintStream console) {
    this.root = root;
    this.out = out;
    this.keptHome = keptHome;
    this.console = console;
  }

  static void main(String[] args) throws Exception {
    var out = Path.of("musubi-demo");
    var home = java.util.Optional.<Path>empty();
    var json = false;
    for (var i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--json" -> json = true;
        case "--home" -> {
          if (++i >= args.length) {
            usage("--home needs a folder.");
          }
          home = java.util.Optional.of(Path.of(args[i]));
        }
        case "--out" -> {
          if (++i >= args.length) {
            usage("--out needs a folder.");
          }
          out = Path.of(args[i]);
        }
        default -> usage("There is no option '%s'.".formatted(args[i]));
      }
    }
    var root = Path.of(System.getProperty("musubi.root", "."));
    var stdout = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var stderr = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Files.createDirectories(out);
    var demo = new DemoMain(root, out.toRealPath(), home, json ? stderr : stdout);
    System.exit(demo.run(json ? stdout : null));
  }

  private static void usage(String message) {
    System.err.println(message);
    System.exit(2);
  }

  private int run(@org.jspecify.annotations.Nullable PrintStream report) throws Exception {
    var home = keptHome.isPresent() ? keptHome.get() : Files.createTempDirectory("musubi-demo");
    try (var service = ServiceProcess.start(root, home, 0)) {
      step("service-started");
      var browser = Browser.installed().map(Browser::start);
      try {
        var result = walk(service, browser);
        var text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result);
        Files.writeString(out.resolve("report.json"), text);
        if (report != null) {
          report.println(text);
        }
        console.println();
        console.println("判定　　　　　" + result.get("verdict") + "（" + result.get("level") + "）");
        console.println("最後の同意から締結まで　" + result.get("lastAgreementToConcludedMillis") + " ミリ秒");
        console.println("できたもの　　" + out);
        if (!"valid".equals(result.get("verdict"))) {
          return 1;
        }
      } finally {
        browser.ifPresent(Browser::close);
      }
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.err.println("The service's data and log are kept in " + home);
      return 1;
    }
    if (keptHome.isEmpty()) {
      remove(home);
    }
    return 0;
  }

  private Map<String, Object> walk(ServiceProcess service, java.util.Optional<Browser> browser)
      throws Exception {
    var screens = out.resolve("screens");
    Files.createDirectories(screens);
    var walk =
        new Walk(
            service.address(),
            new Inbox(service.home().resolve("mail")),
            (name, visitor, page) -> {
              step(name);
              // The page with the access code is the answer to a POST: looking again shows nothing.
              browser
                  .filter(_ -> !name.equals("sent"))
                  .ifPresent(b ->
                      b.shoot(
                          visitor,
                          page.address().toString(),
                          PHONE.contains(name),
                          screens.resolve("%02d-%s.png".formatted(steps.size(), name))));
              lastStep = System.nanoTime();
            });
    var pdf = out.resolve("input.pdf");
    Files.write(pdf, new Visitor(service.address()).download("/trial/samples/1"));
    var clerk = walk.signIn("hanako");
    var sent = walk.send(clerk, pdf, TITLE, MAIL);
    walk.agree(MAIL, TITLE, sent.code());
    var mayor = walk.signIn("taro");
    walk.sign(mayor, sent.id(), java.time.Duration.ofMinutes(1));
    var agreed = reached;
    walk.awaitConclusion(clerk, sent.id(), java.time.Duration.ofSeconds(90));
    var millis = (reached - agreed) / 1_000_000;
    Files.write(
        out.resolve("contract.pdf"),
        clerk.download("/contracts/%s/document.pdf".formatted(sent.id())));
    Files.write(
        out.resolve("certificate.pdf"),
        clerk.download("/contracts/%s/certificate.pdf".formatted(sent.id())));
    walk.returnByLink(MAIL, "締結");
    collect(service);
    step("collected");
    var verdict = verify(out.resolve("contract.pdf"));
    step("verified");
    return report(verdict, millis);
  }

  private static final java.util.Set<String> PHONE =
      java.util.Set.of("landing", "code", "reading", "confirm", "agreed", "returned");

  private void step(String name) {
    var now = System.nanoTime();
    var step = new LinkedHashMap<String, Object>();
    step.put("step", name);
    step.put("millis", (now - lastStep) / 1_000_000);
    steps.add(step);
    console.printf("%-20s %6d ms%n", name, (now - lastStep) / 1_000_000);
    lastStep = now;
    reached = now;
  }

  /** Letters, trust anchor and revocation lists, so that others can check without the service. */
  private void collect(ServiceProcess service) throws IOException, InterruptedException {
    copy(service.home().resolve("mail"), out.resolve("mail"), ".eml");
    Files.copy(
        service.home().resolve("trust.pem"),
        out.resolve("trust.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    var settings = new Properties();
    try (var in = Files.newBufferedReader(service.home().resolve("running.properties"))) {
      settings.load(in);
    }
    var pki = new Visitor(URI.create(settings.getProperty("musubi.seal.timestamp-urls")));
    Files.createDirectories(out.resolve("crl"));
    for (var list : List.of("root", "issuing", "tsa")) {
      Files.write(out.resolve("crl").resolve(list + ".crl"), pki.download("/crl/" + list + ".crl"));
    }
  }

  private static void copy(Path from, Path to, String ending) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (var file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private JsonNode verify(Path pdf) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                root.resolve("verifier/target/verifier-exec.jar").toString(),
                "verify",
                "--json",
                "--trust",
                out.resolve("trust.pem").toString(),
                pdf.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return JSON.readTree(answer);
  }

  private Map<String, Object> report(JsonNode verification, long millis) throws IOException {
    var file = verification.isArray() ? verification.get(0) : verification;
    var signers = new ArrayList<String>();
    var levels = new java.util.TreeSet<String>();
    for (var signature : file.get("signatures")) {
      signers.add(signature.get("name").asString());
      levels.add(signature.get("level").asString());
    }
    var report = new LinkedHashMap<String, Object>();
    report.put("verdict", file.get("verdict").asString());
    report.put("level", String.join(", ", levels));
    report.put("signers", signers);
    report.put("steps", steps);
    report.put("lastAgreementToConcludedMillis", millis);
    report.put("files", digests());
    return report;
  }

  private Map<String, String> digests() throws IOException {
    var digests = new TreeMap<String, String>();
    try (var files = Files.walk(out)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("report.json")) {
          digests.put(out.relativize(file).toString(), sha256(file));
        }
      }
    }
    return digests;
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
